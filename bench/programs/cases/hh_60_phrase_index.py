"""A positional index for phrase search: word -> where it stands in the collection."""
import random
import re
from array import array
from bisect import bisect_left

from harness import CASES, D, case, fixture, run

WORD = re.compile(r"[a-z]+")


def build_texts(path):
    rng = random.Random(60)
    syllables = "ka lo mi ter ren sa po du bel vin or gra shi net".split()
    words = sorted({"".join(rng.choices(syllables, k=rng.randrange(1, 4))) for _ in range(4000)})
    weights = [1 / (rank + 5) for rank in range(len(words))]
    with open(path, "w") as f:
        for _ in range(6000):
            f.write(" ".join(rng.choices(words, weights, k=rng.randrange(150, 300))) + "\n")


class PhraseIndex:
    def __init__(self):
        self.postings = {}
        self.starts = []
        self.length = 0

    def new_postings(self):
        return []

    def add(self, text):
        self.starts.append(self.length)
        position = self.length
        for match in WORD.finditer(text):
            word = match.group()
            places = self.postings.get(word)
            if places is None:
                places = self.postings[word] = self.new_postings()
            places.append(position)
            position += 1
        self.length = position + 1

    def phrase(self, *words):
        """Positions at which the words stand one after another."""
        first, *rest = (self.postings.get(word, ()) for word in words)
        return [p for p in first if all(self._has(places, p + k) for k, places in enumerate(rest, 1))]

    @staticmethod
    def _has(places, position):
        at = bisect_left(places, position)
        return at < len(places) and places[at] == position


class PackedPhraseIndex(PhraseIndex):
    def __init__(self):
        super().__init__()
        self.starts = array("I")

    def new_postings(self):
        return array("I")


class Search:
    def __init__(self, index):
        self.index = index

    def load(self, path):
        with open(path) as texts:
            for text in texts:
                self.index.add(text)
        return self

    def frequent(self, count):
        postings = self.index.postings
        return sorted(postings, key=lambda word: -len(postings[word]))[:count]


def open_search(index):
    search = Search(index).load(fixture("g7_texts.txt", build_texts))
    first, second, third = search.frequent(3)
    return search, len(index.phrase(first, second)), len(index.phrase(second, third, first))


@case('60 posting lists of int objects')
class _:
    def setup():
        fixture("g7_texts.txt", build_texts)

    def bad():
        return open_search(PhraseIndex())

    def good():
        return open_search(PackedPhraseIndex())


if __name__ == "__main__":
    kept = run()
