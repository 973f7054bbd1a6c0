import random

import numpy as np
from scipy.spatial.distance import pdist, squareform

from harness import case, run

STOPS = 3600


def stops():
    return np.random.default_rng(6).random((STOPS, 2)) * [40.0, 25.0]


class SquareTable:
    def __init__(self, points):
        self.far = squareform(pdist(points))

    def __call__(self, a, b):
        return float(self.far[a, b])


class PairTable:
    def __init__(self, points):
        self.n = len(points)
        self.far = pdist(points)

    def __call__(self, a, b):
        if a == b:
            return 0.0
        if a > b:
            a, b = b, a
        return float(self.far[self.n * a - a * (a + 3) // 2 + b - 1])


def improve(distance, rounds=60_000):
    rng = random.Random(7)
    tour = list(range(STOPS))
    rng.shuffle(tour)
    saved = 0.0
    for _ in range(rounds):
        i, j = sorted((rng.randrange(1, STOPS - 1), rng.randrange(1, STOPS - 1)))
        a, b, c, d = tour[i - 1], tour[i], tour[j], tour[j + 1]
        gain = distance(a, b) + distance(c, d) - distance(a, c) - distance(b, d)
        if gain > 1e-9:
            tour[i:j + 1] = tour[i:j + 1][::-1]
            saved += gain
    print("saved", f"{saved:.3f} km", "first stops", tour[:6])


@case("vv 14 distances between stops")
class _:
    def bad():
        distance = SquareTable(stops())
        improve(distance)
        return distance

    def good():
        distance = PairTable(stops())
        improve(distance)
        return distance


if __name__ == "__main__":
    kept = run()
