import sys
from collections import Counter

import numpy as np

from harness import case, run


class Trail:
    """Notes which step of the mill was at work, and on which grade."""

    def __init__(self):
        self.steps = []

    def note(self, grade):
        self.steps.append((sys._getframe(1), grade))

    def summary(self):
        return Counter((frame.f_code.co_name, grade) for frame, grade in self.steps)


class NamedTrail(Trail):
    def note(self, grade):
        self.steps.append((sys._getframe(1).f_code.co_name, grade))

    def summary(self):
        return Counter(self.steps)


class Mill:
    def __init__(self, trail):
        self.trail = trail
        self.flour = 0

    def crush(self, lot):
        grains = np.random.default_rng(lot).integers(0, 4_000, 60_000, dtype=np.int32)
        self.trail.note(lot % 3)
        return int(grains.max())

    def sift(self, lot, largest):
        bins = np.arange(largest * 15, dtype=np.int32)
        self.trail.note(lot % 3)
        self.flour += int(bins[lot::97].sum() % 1_000)

    def grind(self, lots):
        for lot in lots:
            self.sift(lot, self.crush(lot))


def shift(trail):
    mill = Mill(trail)
    mill.grind(range(180))
    print("flour", mill.flour, sorted(trail.summary().items()))
    return mill


@case("ss 08 mill trail")
class _:
    def bad():
        return shift(Trail())

    def good():
        return shift(NamedTrail())


if __name__ == "__main__":
    kept = run()
