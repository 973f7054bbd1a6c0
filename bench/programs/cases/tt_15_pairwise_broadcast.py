import numpy as np
from harness import case, run
from scipy.spatial.distance import cdist


def points():
    rng = np.random.default_rng(15)
    return rng.random((2400, 24)), rng.random((300, 24))


@case("tt 15 pairwise broadcast")
class _:
    def bad():
        items, centres = points()
        offsets = items[:, None, :] - centres[None, :, :]
        distances = (offsets ** 2).sum(axis=-1)
        labels = distances.argmin(axis=1)
        print(int(labels.sum()), int(np.bincount(labels).max()))

    def good():
        items, centres = points()
        labels = np.empty(len(items), dtype=np.int32)
        for start in range(0, len(items), 100):
            distances = cdist(items[start:start + 100], centres, "sqeuclidean")
            labels[start:start + 100] = distances.argmin(axis=1)
        print(int(labels.sum()), int(np.bincount(labels).max()))


if __name__ == "__main__":
    kept = run()
