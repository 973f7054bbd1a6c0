from array import array
from collections import defaultdict
import numpy as np

from harness import case, run

TICKETS, VOCABULARY, LENGTH = 24_000, 5_000, 60


def tickets():
    words = [f"w{k:05d}" for k in range(VOCABULARY)]
    rng = np.random.default_rng(9)
    for number in range(TICKETS):
        picks = (VOCABULARY * rng.random(LENGTH) ** 3).astype(np.intp)
        yield number, {words[k] for k in picks.tolist()}


QUERIES = [("w00000", "w00001"), ("w00002", "w00044"), ("w00310", "w00007"), ("w04000", "w00000")]


@case("vv 12 search over tickets")
class _:
    def bad():
        index = defaultdict(set)
        for number, words in tickets():
            for word in words:
                index[word].add(number)
        print("words", len(index), "postings", sum(len(p) for p in index.values()))
        for a, b in QUERIES:
            hits = sorted(index[a] & index[b])
            print(a, b, len(hits), hits[:4])
        return index

    def good():
        index = defaultdict(lambda: array("I"))
        for number, words in tickets():
            for word in words:
                index[word].append(number)
        print("words", len(index), "postings", sum(len(p) for p in index.values()))
        for a, b in QUERIES:
            hits = np.intersect1d(index[a], index[b], assume_unique=True).tolist()
            print(a, b, len(hits), hits[:4])
        return index


if __name__ == "__main__":
    kept = run()
