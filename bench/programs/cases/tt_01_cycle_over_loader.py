import itertools

import numpy as np
from harness import case, run


class Loader:
    def __init__(self, batches, rows):
        self.batches = batches
        self.rows = rows

    def __iter__(self):
        for k in range(self.batches):
            rng = np.random.default_rng(k)
            yield rng.random((self.rows, 64), dtype=np.float32)


def forever(loader):
    while True:
        yield from loader


@case("tt 01 cycle over loader")
class _:
    def bad():
        feed = itertools.cycle(Loader(110, 4000))
        loss = 0.0
        for _ in range(250):
            batch = next(feed)
            loss += float(batch.mean())
        print(f"{loss:.4f}")
        return feed

    def good():
        feed = forever(Loader(110, 4000))
        loss = 0.0
        for _ in range(250):
            batch = next(feed)
            loss += float(batch.mean())
        print(f"{loss:.4f}")
        return feed


if __name__ == "__main__":
    kept = run()
