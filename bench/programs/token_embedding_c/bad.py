"""Forward pass of a bag-of-tokens sentence classifier."""
import numpy as np

VOCAB = 3_600
DIM = 24
CLASSES = 4
SEQ_LEN = 32
BATCH = 48
N_BATCHES = 4


class Embedding:
    def __init__(self, vocab, dim, rng):
        self.vocab = vocab
        self.weight = rng.standard_normal((vocab, dim), dtype=np.float32)

    def forward(self, ids):
        one_hot = np.eye(self.vocab, dtype=self.weight.dtype)[ids]
        return one_hot @ self.weight


class Linear:
    def __init__(self, n_in, n_out, rng):
        self.weight = rng.standard_normal((n_in, n_out), dtype=np.float32) / np.float32(np.sqrt(n_in))
        self.bias = np.zeros(n_out, dtype=np.float32)

    def forward(self, x):
        return x @ self.weight + self.bias


class Classifier:
    def __init__(self, seed=1):
        rng = np.random.default_rng(seed)
        self.embedding = Embedding(VOCAB, DIM, rng)
        self.hidden = Linear(DIM, 64, rng)
        self.head = Linear(64, CLASSES, rng)

    def forward(self, ids, mask):
        tokens = self.embedding.forward(ids)
        tokens *= mask[..., None]
        pooled = tokens.sum(axis=1) / mask.sum(axis=1, keepdims=True)
        hidden = np.maximum(self.hidden.forward(pooled), 0)
        return self.head.forward(hidden)


def batches():
    rng = np.random.default_rng(99)
    for _ in range(N_BATCHES):
        ids = rng.integers(0, VOCAB, (BATCH, SEQ_LEN))
        lengths = rng.integers(4, SEQ_LEN + 1, BATCH)
        mask = (np.arange(SEQ_LEN) < lengths[:, None]).astype(np.float32)
        yield ids, mask


def main():
    model = Classifier()
    votes = np.zeros(CLASSES, dtype=int)
    margin = 0.0
    for ids, mask in batches():
        logits = model.forward(ids, mask)
        votes += np.bincount(logits.argmax(axis=1), minlength=CLASSES)
        top = np.sort(logits, axis=1)
        margin += float((top[:, -1] - top[:, -2]).sum())
    print("votes", *votes.tolist())
    print("mean margin", f"{margin / (BATCH * N_BATCHES):.4f}")


if __name__ == "__main__":
    main()
