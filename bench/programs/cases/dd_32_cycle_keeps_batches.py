import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Loader:
    def __init__(self, batches): self.batches = batches
    def __iter__(self):
        import numpy as np
        for k in range(self.batches):
            yield np.random.default_rng(k).random((64, 2000), dtype=np.float32)


def forever(loader):
    while True:
        yield from loader


class Trainer:
    def __init__(self, stream):
        self.stream, self.loss = stream, []
    def fit(self, steps):
        for _ in range(steps):
            self.loss.append(float(next(self.stream).mean()))
        return self


@case('32 itertools.cycle over a loader')
class _:
    def setup(): import numpy, itertools
    def bad():
        import itertools
        return Trainer(itertools.cycle(Loader(200))).fit(400)
    def good():
        return Trainer(forever(Loader(200))).fit(400)


if __name__ == "__main__":
    kept = run()
