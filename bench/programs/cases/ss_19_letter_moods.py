import numpy as np

from harness import case, run

WORDS, LETTERS, BATCH = 3_000, 6_000, 32


def tokenise(number):
    """The word numbers of a letter; a few are as long as a book."""
    rng = np.random.default_rng(number)
    length = 3_500 if number % 2_000 == 1_999 else 40 + number * 31 % 120
    return rng.integers(1, WORDS, length, dtype=np.int32)


def pad(texts):
    width = max(map(len, texts))
    padded = np.zeros((len(texts), width), dtype=np.int32)
    for row, text in zip(padded, texts):
        row[:len(text)] = text
    return padded


class Letters:
    def __init__(self, texts):
        self.texts = pad(list(texts))

    def __len__(self):
        return len(self.texts)

    def batch(self, first):
        return self.texts[first:first + BATCH]


class RaggedLetters(Letters):
    def __init__(self, texts):
        self.texts = list(texts)

    def batch(self, first):
        return pad(super().batch(first))


def moods(letters):
    weights = np.random.default_rng(1919).integers(-9, 10, WORDS)
    weights[0] = 0
    merry = 0
    for first in range(0, len(letters), BATCH):
        merry += int((weights[letters.batch(first)].sum(axis=1) > 0).sum())
    return merry


def read(kind):
    letters = kind(tokenise(number) for number in range(LETTERS))
    print(moods(letters), "merry of", len(letters))
    return letters


@case("ss 19 letter moods")
class _:
    def bad():
        return read(Letters)

    def good():
        return read(RaggedLetters)


if __name__ == "__main__":
    kept = run()
