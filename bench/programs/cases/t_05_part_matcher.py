"""Matches incoming spare-part embeddings against the catalogue (1-nearest neighbour, in batches)."""
import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
DIM = 56


class Catalogue:
    """Embeddings of the known parts, with their numbers and families."""

    def __init__(self, rng, size):
        families = rng.normal(0, 3, (40, DIM)).astype(np.float32)
        self.family = rng.integers(0, 40, size).astype(np.int16)
        self.vectors = families[self.family]
        for start in range(0, size, 256):
            block = self.vectors[start:start + 256]
            block += rng.standard_normal(block.shape, dtype=np.float32)
        self.numbers = rng.permutation(size).astype(np.int32) + 100_000
        self.norms = np.einsum("ij,ij->i", self.vectors, self.vectors)

    def __len__(self):
        return len(self.vectors)


class EuclideanMetric:
    def __init__(self, catalogue):
        self.catalogue = catalogue

    def table_bad(self, queries):
        delta = queries[:, None, :] - self.catalogue.vectors[None, :, :]
        return (delta ** 2).sum(axis=-1)

    def table_good(self, queries):
        table = queries @ self.catalogue.vectors.T
        table *= -2.0
        table += self.catalogue.norms[None, :]
        table += np.einsum("ij,ij->i", queries, queries)[:, None]
        return table

    def table(self, queries):
        if ARM == "bad":
            return self.table_bad(queries)
        return self.table_good(queries)


class Matcher:
    def __init__(self, catalogue, limit):
        self.catalogue = catalogue
        self.metric = EuclideanMetric(catalogue)
        self.limit = limit
        self.unmatched = 0
        self.matches = {}

    def nearest(self, queries):
        table = self.metric.table(queries)
        best = table.argmin(axis=1)
        return best, table[np.arange(len(queries)), best]

    def match_batch(self, request_ids, queries):
        best, distance = self.nearest(queries)
        for request_id, row, squared in zip(request_ids.tolist(), best.tolist(), distance.tolist()):
            if squared > self.limit:
                self.unmatched += 1
            else:
                self.matches[request_id] = int(self.catalogue.numbers[row])

    def families(self):
        by_number = dict(zip(self.catalogue.numbers.tolist(), self.catalogue.family.tolist()))
        counts = {}
        for number in self.matches.values():
            family = by_number[number]
            counts[family] = counts.get(family, 0) + 1
        return counts


def request_batches(rng, catalogue, batches, size):
    """Photographed parts: near a catalogue entry, except some that are not in the catalogue."""
    for batch in range(batches):
        rows = rng.integers(0, len(catalogue), size)
        queries = catalogue.vectors[rows] + rng.normal(0, 0.15, (size, DIM)).astype(np.float32)
        foreign = rng.random(size) < 0.1
        queries[foreign] += 6.0
        yield np.arange(size) + batch * size, queries


def main():
    rng = np.random.default_rng(505)
    catalogue = Catalogue(rng, 5000)
    matcher = Matcher(catalogue, limit=20.0)
    for request_ids, queries in request_batches(rng, catalogue, 14, 60):
        matcher.match_batch(request_ids, queries)
    families = matcher.families()
    top = sorted(families.items(), key=lambda item: (-item[1], item[0]))[:4]
    check = sum(key * value for key, value in matcher.matches.items()) % 1_000_003
    print(f"matched={len(matcher.matches)} unmatched={matcher.unmatched} top={top} check={check}")
    return matcher


if __name__ == "__main__":
    SERVER = main()
