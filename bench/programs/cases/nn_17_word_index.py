import collections
import random
import time

from harness import case, run


def documents():
    rng = random.Random(21)
    for number in range(16_000):
        words = ["w%d" % int(rng.paretovariate(0.9)) for _ in range(30)]
        words += ["id%dx%d" % (number, part % 25) for part in range(30)]
        yield number, words


class WordIndex:
    def __init__(self):
        self.postings = collections.defaultdict(set)

    def add(self, number, words):
        for word in words:
            self.postings[word].add(number)

    def lookup(self, word):
        return self.postings.get(word, ())


class CompactWordIndex(WordIndex):
    def __init__(self):
        self.postings = collections.defaultdict(list)

    def add(self, number, words):
        for word in set(words):
            self.postings[word].append(number)


def fill(index):
    for number, words in documents():
        index.add(number, words)
    found = sum(len(index.lookup("w%d" % n)) for n in range(200))
    time.sleep(0.1)
    print("words", len(index.postings), "found", found)
    return index


@case("nn 17 word index")
class _:
    def bad():
        return fill(WordIndex())

    def good():
        return fill(CompactWordIndex())


if __name__ == "__main__":
    kept = run()
