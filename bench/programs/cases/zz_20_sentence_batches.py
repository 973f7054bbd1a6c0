import numpy as np

from harness import case, run

PAD = 0


def read_sentences(count):
    """Token ids of reviews: most are short, some people write novels."""
    rng = np.random.default_rng(21)
    lengths = rng.geometric(1 / 28, count) + 3
    lengths[rng.integers(0, count, 6)] = rng.integers(900, 1150, 6)
    return [rng.integers(1, 20000, length, dtype=np.int32) for length in lengths]


def padded(sentences):
    longest = max(len(tokens) for tokens in sentences)
    ids = np.full((len(sentences), longest), PAD, dtype=np.int32)
    for row, tokens in enumerate(sentences):
        ids[row, :len(tokens)] = tokens
    return ids


class DataArrays:
    """The corpus as one array, cut into batches."""

    def __init__(self, sentences, batch):
        self.ids = padded(sentences)
        self.batch = batch

    def batches(self):
        for start in range(0, len(self.ids), self.batch):
            yield self.ids[start:start + self.batch]


class DataGenerator:
    """The corpus as it was read, each batch padded to its own longest sentence."""

    def __init__(self, sentences, batch):
        self.sentences = sentences
        self.batch = batch

    def batches(self):
        for start in range(0, len(self.sentences), self.batch):
            yield padded(self.sentences[start:start + self.batch])


class BagModel:
    def __init__(self, words, seed=4):
        self.weights = np.random.default_rng(seed).standard_normal(words).astype(np.float32)
        self.weights[PAD] = 0.0

    def score(self, ids):
        mask = ids != PAD
        return (self.weights[ids] * mask).sum(axis=1, dtype=np.float64) / mask.sum(axis=1)


def evaluate(source_class, sentences):
    source = source_class(sentences, batch=32)
    model = BagModel(20000)
    rows = positive = 0
    for epoch in range(10):
        for ids in source.batches():
            scores = model.score(ids)
            rows += len(scores)
            positive += int((scores > 0.01).sum())
    print(rows, positive)
    return source


@case("zz 20 sentence batches")
class _:
    def bad():
        return evaluate(DataArrays, read_sentences(18000))

    def good():
        return evaluate(DataGenerator, read_sentences(18000))


if __name__ == "__main__":
    kept = run()
