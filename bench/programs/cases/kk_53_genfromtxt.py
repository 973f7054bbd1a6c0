import gc
import os
import sys

from harness import CASES, D, case, fixture, run


def write_points(path):
    import random
    r = random.Random(8523)
    with open(path, "w") as f:
        for _ in range(220_000):
            f.write(f"{r.uniform(0, 9e5):.3f},{r.uniform(0, 9e5):.3f},{r.uniform(0, 900):.3f},{r.uniform(0, 1):.4f}\n")


def read_cloud(path, read):
    points = read(path, delimiter=",")
    return points.min(axis=0), points.max(axis=0), points


@case('53 genfromtxt builds lists of strings')
class _:
    def setup():
        import numpy
        fixture("kk_points.csv", write_points)
    def bad():
        import numpy as np
        return read_cloud(fixture("kk_points.csv", write_points), np.genfromtxt)
    def good():
        import numpy as np
        return read_cloud(fixture("kk_points.csv", write_points), np.loadtxt)


if __name__ == "__main__":
    kept = run()
