import pickle
from collections import deque
from functools import partial

import cloudpickle
import numpy as np

from harness import case, run

TREES = 240_000


def survey():
    rng = np.random.default_rng(2121)
    return rng.integers(0, 900, TREES, dtype=np.int64)


def weigh(apples, first, last):
    rows = apples[first:last]
    return int((rows * 170 // 1_000).sum())


class Orchard:
    """Cuts the weighing into jobs that any worker can pick up from the shelf."""

    def __init__(self, apples, rows=5_000):
        self.apples = apples
        self.rows = rows
        self.shelf = deque()

    def job(self, first, last):
        return partial(weigh, self.apples, first, last)

    def plan(self):
        for first in range(0, len(self.apples), self.rows):
            last = min(first + self.rows, len(self.apples))
            self.shelf.append(cloudpickle.dumps(self.job(first, last)))

    def work(self):
        return sum(pickle.loads(packed)() for packed in self.shelf)


class SlicedOrchard(Orchard):
    def job(self, first, last):
        return partial(weigh, self.apples[first:last], 0, last - first)


def harvest(kind):
    orchard = kind(survey())
    orchard.plan()
    print(len(orchard.shelf), "jobs", orchard.work(), "kg")
    return orchard


@case("ss 21 orchard jobs")
class _:
    def bad():
        return harvest(Orchard)

    def good():
        return harvest(SlicedOrchard)


if __name__ == "__main__":
    kept = run()
