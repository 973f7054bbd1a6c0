import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build(path):
    import numpy as np
    with open(path, 'wb') as f:
        np.save(f, np.random.default_rng(2).normal(size=(40_000, 300)).astype(np.float32))


@case('68b np.load of the whole matrix for a few rows')
class _:
    def setup():
        import numpy
        fixture('d5_vectors.npy', build)
    def bad():
        import numpy as np
        vectors = np.load(D + '/d5_vectors.npy')
        wanted = [17, 812, 9_000, 21_345, 39_999]
        return {k: vectors[k].copy() for k in wanted}
    def good():
        import numpy as np
        vectors = np.load(D + '/d5_vectors.npy', mmap_mode='r')
        wanted = [17, 812, 9_000, 21_345, 39_999]
        return {k: np.array(vectors[k]) for k in wanted}


if __name__ == "__main__":
    kept = run()
