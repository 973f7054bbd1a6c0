"""Word counts and neighbours of key words in a corpus of short notes."""
import os
import random
import tempfile
from collections import Counter

N_NOTES = 40_000
VOCAB = 2500
KEYS = ("word17", "word230", "word1044")


def write_corpus(path):
    rng = random.Random(12)
    with open(path, "w") as f:
        for _ in range(N_NOTES):
            words = [f"Word{int(VOCAB * rng.random() ** 2)}" for _ in range(rng.randint(12, 32))]
            f.write(" ".join(words) + "\n")


class Corpus:
    """The tokens of each note."""

    def __init__(self, path):
        with open(path) as f:
            self.notes = [line.lower().split() for line in f]

    def __iter__(self):
        return iter(self.notes)


def word_counts(corpus):
    counts = Counter()
    for note in corpus:
        counts.update(note)
    return counts


def followers(corpus, key):
    counts = Counter()
    for note in corpus:
        for left, right in zip(note, note[1:]):
            if left == key:
                counts[right] += 1
    return counts


def ranked(counts, n):
    return sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:n]


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "notes.txt")
        write_corpus(path)
        corpus = Corpus(path)
    counts = word_counts(corpus)
    print("words", sum(counts.values()), "distinct", len(counts))
    print(ranked(counts, 5))
    for key in KEYS:
        print(key, counts[key], ranked(followers(corpus, key), 4))


if __name__ == "__main__":
    main()
