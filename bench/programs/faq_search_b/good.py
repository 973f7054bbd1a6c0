"""Semantic look-up of FAQ passages with an in-memory vector store."""
import numpy as np

DIM = 128
N_PASSAGES = 22_000
BATCH = 256


class Encoder:
    """Stand-in for a sentence encoder: deterministic unit vectors in float32."""

    def __init__(self, dim=DIM):
        self.dim = dim

    def encode(self, ids):
        rng = np.random.default_rng(int(ids[0]))
        vectors = rng.standard_normal((len(ids), self.dim), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


class VectorStore:
    def __init__(self, capacity, dim):
        self.vectors = np.empty((capacity, dim), dtype=np.float32)
        self.size = 0

    def add(self, batch):
        self.vectors[self.size:self.size + len(batch)] = batch
        self.size += len(batch)

    def __len__(self):
        return self.size

    def search(self, query, k, block=1024):
        scores = np.empty(len(self), dtype=np.float32)
        for lo in range(0, len(self), block):
            part = self.vectors[lo:min(lo + block, self.size)]
            scores[lo:lo + block] = part @ query
        top = np.argsort(-scores, kind="stable")[:k]
        return [(int(i), float(scores[i])) for i in top]


def index_passages(encoder, n):
    store = VectorStore(n, encoder.dim)
    for lo in range(0, n, BATCH):
        store.add(encoder.encode(range(lo, min(lo + BATCH, n))))
    return store


def main():
    encoder = Encoder()
    store = index_passages(encoder, N_PASSAGES)
    print("passages", len(store))
    for question in (100_003, 200_017, 300_023):
        query = encoder.encode([question])[0]
        hits = store.search(query, 4)
        print(question, [(i, round(s, 3)) for i, s in hits])


if __name__ == "__main__":
    main()
