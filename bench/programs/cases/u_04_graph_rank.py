"""PageRank over a citation graph with dangling papers, in scipy.sparse."""
import sys

import numpy as np
import scipy.sparse as sp

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
PAPERS, MEAN_REFS = 3_000, 9


class CitationGraph:
    def __init__(self, n):
        self.n = n
        self.adjacency = None
        self.years = None

    @classmethod
    def synthetic(cls, rng, n):
        graph = cls(n)
        graph.years = np.sort(rng.integers(1990, 2024, n, dtype=np.int16))
        refs = rng.poisson(MEAN_REFS, n).astype(np.int32)
        refs[rng.random(n) < 0.12] = 0
        refs[0] = 0
        rows = np.repeat(np.arange(n, dtype=np.int32), refs)
        cols = (rows * rng.random(rows.size) ** 1.6).astype(np.int32)
        ones = np.ones(rows.size, dtype=np.float64)
        graph.adjacency = sp.csr_matrix((ones, (rows, cols)), shape=(n, n))
        graph.adjacency.sum_duplicates()
        return graph

    def out_degree(self):
        return np.asarray(self.adjacency.sum(axis=1)).ravel()


class Teleport:
    """Where a reader goes who stops following references."""

    def __init__(self, years, half_life):
        age = years.max() - years.astype(np.float64)
        weights = 0.5 ** (age / half_life)
        self.vector = weights / weights.sum()


class Transition:
    def __init__(self, graph, teleport):
        degree = graph.out_degree()
        self.dangling = (degree == 0).astype(np.float64)
        scale = np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0)
        self.links = sp.diags(scale) @ graph.adjacency
        self.teleport = teleport.vector


class StepBad:
    def __init__(self, transition):
        t = transition
        self.full = np.asarray(t.links + np.outer(t.dangling, t.teleport))

    def apply(self, x):
        return x @ self.full


class StepGood:
    def __init__(self, transition):
        self.t = transition
        self.links_t = transition.links.T

    def apply(self, x):
        return self.links_t @ x + (x @ self.t.dangling) * self.t.teleport


def make_step(transition):
    return StepBad(transition) if ARM == "bad" else StepGood(transition)


class Ranker:
    def __init__(self, damping=0.85, tol=1e-10, limit=100):
        self.damping, self.tol, self.limit = damping, tol, limit

    def rank(self, graph, teleport):
        step = make_step(Transition(graph, teleport))
        x = np.full(graph.n, 1.0 / graph.n)
        for turn in range(self.limit):
            fresh = self.damping * step.apply(x) + (1 - self.damping) * teleport.vector
            delta = np.abs(fresh - x).sum()
            x = fresh
            if delta < self.tol:
                break
        return x, turn + 1


def main():
    rng = np.random.default_rng(17)
    graph = CitationGraph.synthetic(rng, PAPERS)
    results = {}
    for half_life in (5.0, 15.0):
        scores, turns = Ranker().rank(graph, Teleport(graph.years, half_life))
        results[half_life] = scores
        top = np.argsort(-scores)[:4]
        print(f"half_life={half_life} turns={turns} top={top.tolist()} "
              f"mass={scores[top].sum():.6f}")
    return graph, results


GRAPH, RESULTS = main()
