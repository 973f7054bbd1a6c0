# sized
import numpy as np
class Model:
    def __init__(self, rows, labels, seed):
        self.rows, self.labels, self.rng = rows, labels, np.random.default_rng(seed)
    def batches(self, size):
        order = self.rng.permutation(len(self.rows))
        rows, labels = self.rows[order], self.labels[order]  # expect: HW768, HW768
        for start in range(0, len(order), size):
            yield rows[start:start + size], labels[start:start + size]
    def batches_by_order(self, size):
        order = self.rng.permutation(len(self.rows))
        for start in range(0, len(order), size):
            part = order[start:start + size]
            yield self.rows[part], self.labels[part]
    def whole(self):
        order = self.rng.permutation(len(self.rows))
        rows = self.rows[order]
        return rows.mean(axis=0) + rows[:10].sum()
def shuffled(rows, size, rng, seen):
    places = np.arange(len(rows))
    rng.shuffle(places)
    mixed = rows[places]  # expect: HW768
    for start in range(0, len(rows), size):
        seen(mixed[start:start + size])
def in_turn(rows, size, seen):
    places = np.arange(len(rows))
    mixed = rows[places]
    for start in range(0, len(rows), size):
        seen(mixed[start:start + size])
def first_ones(rows, keys):
    order = np.argsort(keys)
    best = rows[order]
    return best[:100]
def kept(rows, keys, size, seen):
    order = np.argsort(keys)
    best = rows[order]
    for start in range(0, len(rows), size):
        seen(best[start:start + size])
    return best
def by_columns(rows, keys, size, seen):
    best = rows[np.argsort(keys)]  # expect: HW768
    for start in range(0, len(rows), size):
        seen(best[start:start + size, 1:])
def let_go(rows, keys, size, seen):
    order = np.argsort(keys)
    mixed = rows[order]
    del rows
    for start in range(0, len(order), size):
        seen(mixed[start:start + size])
def in_its_place(rows, keys, size, seen):
    order = np.argsort(keys)
    rows = rows[order]
    for start in range(0, len(order), size):
        seen(rows[start:start + size])
def read_again(rows, keys, size, seen):
    mixed = rows[np.argsort(keys)]
    for epoch in range(9):
        for start in range(0, len(rows), size):
            seen(mixed[start:start + size])
def for_each_epoch(rows, rng, size, seen):
    for epoch in range(9):
        mixed = rows[rng.permutation(len(rows))]  # expect: HW768
        for start in range(0, len(rows), size):
            seen(mixed[start:start + size])
