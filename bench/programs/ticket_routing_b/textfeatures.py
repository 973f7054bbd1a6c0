"""Hashed tf-idf features for short texts, without keeping a vocabulary."""
import random
import zlib
from array import array

import numpy as np
from scipy.sparse import csr_array

COMMON = ["please", "help", "error", "since", "update", "the", "screen", "account"]


def iter_tickets(n):
    """Yield the text of each ticket; the topic words depend on the team."""
    for i in range(n):
        rng = random.Random(i)
        team = i * 7 % 18
        words = [f"topic{team}x{rng.randrange(60)}" for _ in range(12)]
        words += [rng.choice(COMMON) for _ in range(10)]
        words += [f"w{rng.randrange(5000)}" for _ in range(8)]
        yield " ".join(words)


class HashedTfidf:
    def __init__(self, n_features):
        self.n_features = n_features

    def fit_transform(self, texts):
        indices, counts, indptr = array("i"), array("d"), array("q", [0])
        for text in texts:
            row = {}
            for word in text.split():
                j = zlib.crc32(word.encode()) % self.n_features
                row[j] = row.get(j, 0) + 1
            for j in sorted(row):
                indices.append(j)
                counts.append(row[j])
            indptr.append(len(indices))
        matrix = csr_array(
            (np.frombuffer(counts), np.frombuffer(indices, dtype=np.int32),
             np.frombuffer(indptr, dtype=np.int64)),
            shape=(len(indptr) - 1, self.n_features), copy=True)
        df = np.bincount(matrix.indices, minlength=self.n_features)
        idf = np.log((1 + matrix.shape[0]) / (1 + df)) + 1
        matrix.data *= idf[matrix.indices]
        norms = np.sqrt(np.add.reduceat(matrix.data ** 2, matrix.indptr[:-1]))
        matrix.data /= np.repeat(norms, np.diff(matrix.indptr))
        return matrix
