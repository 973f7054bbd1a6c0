"""Lloyd's k-means over customer feature vectors."""
import numpy as np
from scipy.spatial.distance import cdist

N_POINTS = 30_000
N_FEATURES = 16
K = 12


def customers(seed=3):
    rng = np.random.default_rng(seed)
    centres = rng.uniform(-20, 20, size=(K, N_FEATURES))
    points = rng.standard_normal((N_POINTS, N_FEATURES))
    points += centres[rng.integers(0, K, N_POINTS)]
    return points


class KMeans:
    def __init__(self, k, max_iter=8, seed=0):
        self.k = k
        self.max_iter = max_iter
        self.seed = seed
        self.centroids = None

    def _initial(self, points):
        """Farthest-point start, so that no cluster runs empty."""
        rng = np.random.default_rng(self.seed)
        picked = [int(rng.integers(len(points)))]
        nearest = np.full(len(points), np.inf)
        while len(picked) < self.k:
            reach = cdist(points, points[picked[-1:]], "sqeuclidean")[:, 0]
            np.minimum(nearest, reach, out=nearest)
            picked.append(int(nearest.argmax()))
        return points[picked]

    def assign(self, points):
        delta = points[:, None, :] - self.centroids[None, :, :]
        return (delta**2).sum(axis=2).argmin(axis=1)

    def _update(self, points, labels):
        fresh = np.empty_like(self.centroids)
        for j in range(self.k):
            fresh[j] = points[labels == j].mean(axis=0)
        return fresh

    def fit(self, points):
        self.centroids = self._initial(points)
        for step in range(self.max_iter):
            labels = self.assign(points)
            fresh = self._update(points, labels)
            moved = float(np.abs(fresh - self.centroids).max())
            self.centroids = fresh
            if moved < 1e-9:
                break
        return step + 1


def main():
    points = customers()
    model = KMeans(K)
    steps = model.fit(points)
    sizes = np.bincount(model.assign(points), minlength=K)
    print("steps", steps)
    print("sizes", *sorted(sizes.tolist()))
    print("centroid sum", f"{model.centroids.sum():.4f}")


if __name__ == "__main__":
    main()
