"""Ripley's L statistic of the cells of a tissue section, per cell type."""
import math

import numpy as np
from scipy.spatial import ConvexHull, cKDTree
from scipy.spatial.distance import pdist

TYPES = ("tumour", "stroma", "immune")


def simulate_section(seed):
    """Positions (micrometres) of the cells of each type."""
    rng = np.random.default_rng(seed)
    section = {}
    for kind, spread in zip(TYPES, (18.0, 60.0, 35.0)):
        centres = rng.uniform(0, 2000, size=(90, 2))
        picks = rng.integers(0, len(centres), size=4300)
        section[kind] = centres[picks] + rng.normal(0, spread, size=(4300, 2))
    return section


def hull_area(points):
    return ConvexHull(points).volume


def nearest_distance(points):
    """Mean distance of a cell to its nearest neighbour."""
    distances, _ = cKDTree(points).query(points, k=2)
    return float(distances[:, 1].mean())


class RipleyL:
    def __init__(self, support):
        self.support = np.asarray(support, dtype=float)

    def pair_counts(self, points):
        """Number of pairs of points closer than each radius."""
        distances = pdist(points)
        return np.array([np.count_nonzero(distances < r) for r in self.support])

    def curve(self, points):
        n = len(points)
        area = hull_area(points)
        pairs = self.pair_counts(points)
        estimate = 2.0 * pairs * area / (n * (n - 1))
        return np.sqrt(estimate / math.pi)


def summarise(kind, points, stat):
    curve = stat.curve(points)
    excess = curve - stat.support
    peak = int(np.argmax(excess))
    print(f"{kind:8s} n={len(points)} nn={nearest_distance(points):.3f} "
          f"peak r={stat.support[peak]:.0f} excess={excess[peak]:.3f}")
    return curve


def main():
    section = simulate_section(5)
    stat = RipleyL(np.linspace(10, 300, 30))
    curves = {}
    for kind, points in section.items():
        curves[kind] = summarise(kind, points, stat)
    for radius in (0, 9, 29):
        row = " ".join(f"{curves[kind][radius]:.3f}" for kind in TYPES)
        print(f"r={stat.support[radius]:.0f}", row)


if __name__ == "__main__":
    main()
