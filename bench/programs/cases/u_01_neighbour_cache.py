"""Nearest-neighbour service over an embedding matrix, with a result cache."""
import sys
from collections import OrderedDict

import numpy as np

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
ITEMS, DIM, QUERIES, K = 60_000, 32, 420, 12


class Hits:
    __slots__ = ("ids", "scores")

    def __init__(self, ids, scores):
        self.ids = ids
        self.scores = scores


class Ranking:
    """Turns a vector of scores into the best k rows."""

    def __init__(self, k):
        self.k = k

    def best_bad(self, scores):
        np.negative(scores, out=scores)
        order = np.argsort(scores, kind="stable")
        ids = order[:self.k]
        return ids, -scores[ids]

    def best_good(self, scores):
        np.negative(scores, out=scores)
        order = np.argsort(scores, kind="stable")
        ids = order[:self.k].copy()
        return ids, -scores[ids]

    def best(self, scores):
        return self.best_bad(scores) if ARM == "bad" else self.best_good(scores)


class EmbeddingIndex:
    def __init__(self, dim):
        self.dim = dim
        self.vectors = None
        self.ranking = Ranking(K)

    def fit(self, rng, n):
        self.vectors = rng.standard_normal((n, self.dim), dtype=np.float32)
        for start in range(0, n, 4096):
            part = self.vectors[start:start + 4096]
            part /= np.linalg.norm(part, axis=1, keepdims=True)
        return self

    def search(self, vector):
        scores = self.vectors @ vector
        ids, values = self.ranking.best(scores)
        return Hits(ids, values)


class ResultCache:
    """Least recently used, bounded by the number of entries."""

    def __init__(self, limit):
        self.limit = limit
        self.entries = OrderedDict()
        self.hits = self.misses = 0

    def get(self, key):
        found = self.entries.get(key)
        if found is None:
            self.misses += 1
            return None
        self.entries.move_to_end(key)
        self.hits += 1
        return found

    def put(self, key, value):
        self.entries[key] = value
        while len(self.entries) > self.limit:
            self.entries.popitem(last=False)


class Service:
    def __init__(self, index, cache):
        self.index = index
        self.cache = cache

    def similar(self, item_id):
        found = self.cache.get(item_id)
        if found is None:
            found = self.index.search(self.index.vectors[item_id])
            self.cache.put(item_id, found)
        return found


def request_stream(rng, n):
    popular = rng.choice(ITEMS, size=500, replace=False)
    weights = 1.0 / np.arange(1, 501)
    weights /= weights.sum()
    for _ in range(n):
        yield int(rng.choice(popular, p=weights))


def main():
    rng = np.random.default_rng(11)
    service = Service(EmbeddingIndex(DIM).fit(rng, ITEMS), ResultCache(300))
    checksum, best = 0, 0.0
    for item_id in request_stream(rng, QUERIES * 2):
        hits = service.similar(item_id)
        checksum = (checksum * 31 + int(hits.ids[1:].sum())) % 1_000_003
        best = max(best, float(hits.scores[1]))
    print(f"misses={service.cache.misses} hits={service.cache.hits} "
          f"checksum={checksum} best={best:.4f}")
    return service


SERVICE = main()
