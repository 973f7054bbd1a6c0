from itertools import chain, cycle, islice, repeat

import numpy as np

from harness import case, fixture, run

FEATURES = 24
ROWS = 2_500


def build(path):
    rng = np.random.default_rng(5)
    weights = rng.normal(size=FEATURES)
    with open(path, "wb") as out:
        for _ in range(120):
            x = rng.normal(size=(ROWS, FEATURES))
            y = x @ weights + rng.normal(0, 0.1, ROWS)
            np.column_stack((x, y)).tofile(out)


def read_batches(path):
    with open(path, "rb") as source:
        while True:
            block = np.fromfile(source, dtype=np.float64, count=ROWS * (FEATURES + 1))
            if not len(block):
                return
            yield block.reshape(ROWS, FEATURES + 1)


def endless(path):
    return cycle(read_batches(path))


def endless_again(path):
    return chain.from_iterable(map(read_batches, repeat(path)))


class PumpModel:
    """Linear model of a pump's power draw, fitted by gradient steps."""

    def __init__(self, rate=0.05):
        self.weights = np.zeros(FEATURES)
        self.rate = rate
        self.loss = 0.0

    def step(self, batch):
        x, y = batch[:, :-1], batch[:, -1]
        gap = x @ self.weights - y
        self.loss = float(gap @ gap) / len(y)
        self.weights -= self.rate * (gap @ x) / len(y)

    def fit(self, batches, steps):
        for batch in islice(batches, steps):
            self.step(batch)
        print("steps", steps, "loss", round(self.loss, 5))
        return self


@case("qq 05 pump regression")
class _:
    def setup():
        _.path = fixture("qq_pumps.bin", build)

    def bad():
        return PumpModel().fit(endless(_.path), steps=300)

    def good():
        return PumpModel().fit(endless_again(_.path), steps=300)


if __name__ == "__main__":
    kept = run()
