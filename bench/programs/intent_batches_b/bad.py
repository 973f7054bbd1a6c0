"""Score utterances with a bag-of-embeddings intent model in mini-batches."""
import random

import numpy as np

VOCAB = 4000
DIM = 16
N_UTTERANCES = 9000
BATCH = 32
N_INTENTS = 6


def iter_utterances(n):
    """Token ids; nearly all are short, a few users paste whole documents."""
    for i in range(n):
        rng = random.Random(i)
        length = 1300 if i % 3000 == 41 else rng.randint(4, 28)
        yield np.array([rng.randrange(1, VOCAB) for _ in range(length)], dtype=np.int32)


def pad(sequences):
    width = max(len(s) for s in sequences)
    ids = np.zeros((len(sequences), width), dtype=np.int64)
    for row, seq in enumerate(sequences):
        ids[row, :len(seq)] = seq
    return ids, (ids != 0).astype(np.float32)


def batches(ids, mask):
    for lo in range(0, len(ids), BATCH):
        yield ids[lo:lo + BATCH], mask[lo:lo + BATCH]


class IntentModel:
    def __init__(self, seed=2):
        rng = np.random.default_rng(seed)
        self.table = rng.standard_normal((VOCAB, DIM), dtype=np.float32)
        self.head = rng.standard_normal((DIM, N_INTENTS), dtype=np.float32)

    def __call__(self, ids, mask):
        vectors = self.table[ids]
        vectors *= mask[:, :, None]
        pooled = vectors.sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return pooled @ self.head


def main():
    sequences = list(iter_utterances(N_UTTERANCES))
    model = IntentModel()
    counts = np.zeros(N_INTENTS, dtype=np.int64)
    margin = 0.0
    ids, mask = pad(sequences)
    for part, part_mask in batches(ids, mask):
        scores = model(part, part_mask)
        counts += np.bincount(scores.argmax(axis=1), minlength=N_INTENTS)
        top = np.sort(scores, axis=1)
        margin += float((top[:, -1] - top[:, -2]).sum())
    print("utterances", len(sequences), "longest", max(len(s) for s in sequences))
    print("intents", counts.tolist())
    print("mean margin %.3f" % (margin / len(sequences)))


if __name__ == "__main__":
    main()
