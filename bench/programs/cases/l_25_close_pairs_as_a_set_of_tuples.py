import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('25 close pairs as a set of tuples')
class _:
    def setup():
        import scipy.spatial

    def bad():
        import numpy as np
        from scipy.spatial import KDTree

        def stand(count):
            return np.random.default_rng(25).random((count, 2)) * 1000

        def rivalry(trees, reach):
            pairs = KDTree(trees).query_pairs(reach)
            rivals = np.zeros(len(trees), dtype=np.int32)
            for left, right in pairs:
                rivals[left] += 1
                rivals[right] += 1
            return rivals

        trees = stand(60_000)
        rivals = rivalry(trees, 10.0)
        print(len(trees), 'trees, most rivals', int(rivals.max()), 'pairs', int(rivals.sum()) // 2)
        return rivals

    def good():
        import numpy as np
        from scipy.spatial import KDTree

        def stand(count):
            return np.random.default_rng(25).random((count, 2)) * 1000

        def rivalry(trees, reach):
            pairs = KDTree(trees).query_pairs(reach, output_type='ndarray')
            rivals = np.zeros(len(trees), dtype=np.int32)
            np.add.at(rivals, pairs[:, 0], 1)
            np.add.at(rivals, pairs[:, 1], 1)
            return rivals

        trees = stand(60_000)
        rivals = rivalry(trees, 10.0)
        print(len(trees), 'trees, most rivals', int(rivals.max()), 'pairs', int(rivals.sum()) // 2)
        return rivals


if __name__ == "__main__":
    kept = run()
