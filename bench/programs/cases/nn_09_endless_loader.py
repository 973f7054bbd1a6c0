import itertools
import time

import numpy as np

from harness import case, run


class BatchLoader:
    def __init__(self, batches, batch_size):
        self.batches = batches
        self.batch_size = batch_size

    def __len__(self):
        return self.batches

    def __iter__(self):
        for index in range(self.batches):
            yield self.load(index)

    def load(self, index):
        rng = np.random.default_rng(index)
        pixels = rng.random((self.batch_size, 3 * 64 * 64), dtype=np.float32)
        labels = rng.integers(0, 10, self.batch_size)
        return pixels, labels


def forever(loader):
    while True:
        yield from loader


def train(batches, steps):
    weights = np.zeros(3 * 64 * 64, dtype=np.float32)
    for pixels, labels in itertools.islice(batches, steps):
        error = labels / 10 - pixels @ weights
        weights += (0.00001 * (error @ pixels) / len(labels)).astype(np.float32)
    time.sleep(0.1)
    print("weights %.6f" % weights.sum())
    return weights


@case("nn 09 endless loader")
class _:
    def bad():
        return train(itertools.cycle(BatchLoader(60, 32)), 150)

    def good():
        return train(forever(BatchLoader(60, 32)), 150)


if __name__ == "__main__":
    kept = run()
