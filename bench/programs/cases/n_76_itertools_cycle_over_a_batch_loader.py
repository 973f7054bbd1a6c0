import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('76 itertools.cycle over a batch loader')
class _:
    def setup(): import numpy
    def loader():
        import numpy as np
        for i in range(200): yield np.full(75_000,float(i))
    def bad():
        import itertools
        batches=itertools.cycle(CASES['76 itertools.cycle over a batch loader'].loader())
        total=0.0
        for step in range(500): total+=next(batches)[0]
        return batches,total
    def good():
        def forever():
            while True: yield from CASES['76 itertools.cycle over a batch loader'].loader()
        batches=forever()
        total=0.0
        for step in range(500): total+=next(batches)[0]
        return batches,total


if __name__ == "__main__":
    kept = run()
