import gc
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('24 neighbours are listed to be counted')
class _:
    def setup():
        import numpy
        import scipy.spatial

    def bad():
        import numpy as np
        from scipy.spatial import cKDTree

        def crowding(trees, radius):
            """How many trees stand around each tree."""
            tree = cKDTree(trees)
            around = tree.query_ball_point(trees, radius)
            return np.array([len(found) - 1 for found in around])

        rng = np.random.default_rng(24)
        trees = rng.uniform(0, 1000, size=(30_000, 2))
        crowd = crowding(trees, 30.0)
        print(crowd.max(), f'{crowd.mean():.4f}')
        return crowd

    def good():
        import numpy as np
        from scipy.spatial import cKDTree

        def crowding(trees, radius):
            """How many trees stand around each tree."""
            tree = cKDTree(trees)
            return tree.query_ball_point(trees, radius, return_length=True) - 1

        rng = np.random.default_rng(24)
        trees = rng.uniform(0, 1000, size=(30_000, 2))
        crowd = crowding(trees, 30.0)
        print(crowd.max(), f'{crowd.mean():.4f}')
        return crowd


if __name__ == "__main__":
    kept = run()
