"""Product search by embedding: weights and normalises the vectors of the catalogue, answers nearest queries."""
import json
import os
import sys
import tempfile

import numpy as np

CASES = os.path.join(tempfile.gettempdir(), "memory-cases")
VECTORS = os.path.join(CASES, "ss-product-vectors.f32")
META = os.path.join(CASES, "ss-product-weights.json")
DIM = 128


def write_vectors(path):
    rng = np.random.default_rng(1313)
    centres = rng.normal(0, 1, (400, DIM))
    vectors = centres[rng.integers(0, 400, 110000)] + rng.normal(0, 0.6, (110000, DIM))
    with open(META, "w") as out:
        json.dump({"weights": [round(w, 4) for w in rng.gamma(3, 0.4, DIM)], "model": "pe-small-2"}, out)
    with open(path, "wb") as out:
        vectors.astype("float32").tofile(out)


def ensure_input(path, writer):
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    pid = os.fork()
    if pid == 0:
        writer(path + ".part")
        os.replace(path + ".part", path)
        os._exit(0)
    os.waitpid(pid, 0)


class Settings:
    """Model settings: a weight for every dimension."""

    def __init__(self, path):
        with open(path) as source:
            raw = json.load(source)
        self.model = raw["model"]
        self.raw_weights = raw["weights"]

    def weights_bad(self):
        return np.array(self.raw_weights)

    def weights_good(self):
        return np.array(self.raw_weights, dtype="float32")


class Matrix:
    """Scales rows and columns of the vector matrix; chunked, so that temporaries stay small."""

    chunk = 500

    def __init__(self, weights):
        self.weights = weights

    def prepare(self, path):
        count = os.path.getsize(path) // (4 * DIM)
        prepared = np.empty((count, DIM), dtype=np.result_type(np.float32, self.weights))
        with open(path, "rb") as source:
            for start in range(0, count, self.chunk):
                raw = np.fromfile(source, "float32", self.chunk * DIM).reshape(-1, DIM)
                part = prepared[start:start + self.chunk]
                np.multiply(raw, self.weights, out=part)
                part /= np.sqrt(np.einsum("ij,ij->i", part, part))[:, None]
        return prepared


class SearchIndex:
    def __init__(self, vectors):
        self.vectors = vectors
        self.asked = 0

    def nearest(self, row, k=10):
        scores = self.vectors @ self.vectors[row]
        scores[row] = -1.0
        best = np.argpartition(scores, -k)[-k:]
        self.asked += 1
        return sorted(best.tolist()), float(scores[best].mean())


class Evaluation:
    def __init__(self, index, seed):
        self.index = index
        self.rng = np.random.default_rng(seed)

    def run(self, queries):
        total, ids = 0.0, 0
        for row in self.rng.integers(0, len(self.index.vectors), queries).tolist():
            best, score = self.index.nearest(row)
            total += score
            ids += sum(best)
        return total / queries, ids


def build_index(mode):
    settings = Settings(META)
    weights = settings.weights_bad() if mode == "bad" else settings.weights_good()
    return SearchIndex(Matrix(weights).prepare(VECTORS))


INDEX = None


def main(mode):
    global INDEX
    ensure_input(VECTORS, write_vectors)
    INDEX = build_index(mode)
    score, ids = Evaluation(INDEX, 1314).run(60)
    print("%d vectors, %d queries, mean score %.3f, ids %d" % (len(INDEX.vectors), INDEX.asked, score, ids))


if __name__ == "__main__":
    main(sys.argv[1])
