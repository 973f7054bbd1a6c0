import time

import numpy as np
from scipy.spatial.distance import cdist

from harness import case, run


def load_points(seed, count):
    return np.random.default_rng(seed).random((count, 4))


def pairwise_broadcast(points, stations):
    difference = points[:, None, :] - stations[None, :, :]
    squared = difference ** 2
    time.sleep(0.1)
    return np.sqrt(squared.sum(axis=2))


def pairwise_cdist(points, stations):
    distances = cdist(points, stations)
    time.sleep(0.1)
    return distances


def assign(pairwise):
    points = load_points(1, 2_000)
    stations = load_points(2, 1_000)
    nearest = pairwise(points, stations).argmin(axis=1)
    time.sleep(0.1)
    print("stations used", len(np.unique(nearest)), "sum", nearest.sum())
    return nearest


@case("nn 11 nearest station")
class _:
    def bad():
        return assign(pairwise_broadcast)

    def good():
        return assign(pairwise_cdist)


if __name__ == "__main__":
    kept = run()
