"""Pointwise mutual information of node pairs met on random walks."""
import heapq
import math

import numpy as np
from scipy.sparse import csr_matrix

NODES = 3000
WINDOW = 6


class WalkSampler:
    def __init__(self, nodes, degree, seed):
        rng = np.random.default_rng(seed)
        near = (np.arange(nodes)[:, None] + rng.integers(1, 120, (nodes, degree))) % nodes
        self.neighbours = near
        self.rng = rng

    def walks(self, count, length):
        """Array of node ids, one walk per row."""
        steps = np.empty((count, length), dtype=np.int32)
        steps[:, 0] = self.rng.integers(0, len(self.neighbours), count)
        for k in range(1, length):
            choice = self.rng.integers(0, self.neighbours.shape[1], count)
            steps[:, k] = self.neighbours[steps[:, k - 1], choice]
        return steps


def count_pairs(sampler, rounds):
    total = csr_matrix((NODES, NODES), dtype=np.int32)
    for _ in range(rounds):
        walks = sampler.walks(1200, 20)
        for gap in range(1, WINDOW):
            left, right = walks[:, :-gap].ravel(), walks[:, gap:].ravel()
            ones = np.ones(len(left), dtype=np.int32)
            total = total + csr_matrix((ones, (left, right)), shape=total.shape)
    return total


def pair_scores(counts):
    """Yields (score, left, right) for each pair that was seen."""
    size = int(counts.sum())
    left_totals = np.asarray(counts.sum(axis=1)).ravel().tolist()
    right_totals = np.asarray(counts.sum(axis=0)).ravel().tolist()
    entries = counts.todok()
    for (i, j), seen in entries.items():
        yield math.log(seen * size / (left_totals[i] * right_totals[j])), int(i), int(j)


def histogram(scores):
    bins = {}
    for score, _, _ in scores:
        bins[math.floor(score)] = bins.get(math.floor(score), 0) + 1
    return sorted(bins.items())


def main():
    counts = count_pairs(WalkSampler(NODES, 25, seed=17), rounds=8)
    print("pairs", counts.nnz, "observations", int(counts.sum()))
    for score, i, j in heapq.nlargest(4, pair_scores(counts)):
        print(f"{i:5d} {j:5d} {score:.4f}")
    for low, number in histogram(pair_scores(counts)):
        print(f"[{low},{low + 1})", number)


if __name__ == "__main__":
    main()
