"""Quality control of a single-cell count matrix: detection rates and doublets."""
import numpy as np

N_CELLS = 6000
N_GENES = 1800
MARKERS = {"t_cell": (3, 17, 90), "b_cell": (5, 41, 77), "mono": (8, 64, 205)}


def simulate(seed=4):
    rng = np.random.default_rng(seed)
    rates = rng.gamma(0.4, 1.5, size=N_GENES).astype(np.float32)
    counts = np.empty((N_CELLS, N_GENES), dtype=np.uint8)
    for lo in range(0, N_CELLS, 500):
        depth = rng.uniform(0.3, 1.7, size=(500, 1)).astype(np.float32)
        counts[lo:lo + 500] = np.minimum(rng.poisson(rates * depth), 255)
    return counts


class Dataset:
    def __init__(self, counts):
        self.counts = counts
        self.detected = None

    def call_detected(self, threshold):
        """1 where a gene is seen often enough in a cell, else 0."""
        self.detected = (self.counts >= threshold).astype(int)

    def genes_per_cell(self):
        return self.detected.sum(axis=1)

    def cells_per_gene(self):
        return self.detected.sum(axis=0)

    def marker_scores(self):
        return {name: self.detected[:, list(genes)].sum(axis=1) for name, genes in MARKERS.items()}

    def co_detection(self, one, other):
        both = self.detected[:, one] & self.detected[:, other]
        return int(both.sum())


def robust_genes(dataset, share):
    return np.flatnonzero(dataset.cells_per_gene() >= share * N_CELLS)


def doublets(dataset):
    """Cells that carry the full marker sets of two kinds."""
    scores = dataset.marker_scores()
    hits = sum((score == 3).astype(np.int8) for score in scores.values())
    return np.flatnonzero(hits >= 2)


def main():
    dataset = Dataset(simulate())
    dataset.call_detected(2)
    per_cell = dataset.genes_per_cell()
    print("cells", N_CELLS, "genes", N_GENES)
    print("genes per cell min %d median %d max %d" % (per_cell.min(), np.median(per_cell), per_cell.max()))
    robust = robust_genes(dataset, 0.25)
    print("robust genes", len(robust), robust[:6].tolist())
    for name, score in dataset.marker_scores().items():
        print(f"{name:7}", np.bincount(score, minlength=4).tolist())
    print("co-detected", dataset.co_detection(int(robust[0]), int(robust[1])))
    print("doublets", len(doublets(dataset)))


if __name__ == "__main__":
    main()
