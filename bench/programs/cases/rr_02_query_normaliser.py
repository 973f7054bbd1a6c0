import random
import zlib
from functools import cache, lru_cache

from harness import case, run

STOP = frozenset("a an and at for in of on or the to with".split())
WORDS = (
    "oak walnut table chair lamp desk shelf bed frame sofa corner round small large tall white black green "
    "linen cotton leather drawer stool bench mirror rug curtain for with and the in of"
).split()


def terms(query):
    """The words of a query that the index knows, each once, in a steady order."""
    words = query.casefold().replace("-", " ").split()
    return tuple(sorted({word.rstrip("s") for word in words if word not in STOP}))


class SearchBox:
    """Answers the queries of the shop's search box from the posting lists."""

    terms = staticmethod(cache(terms))

    def __init__(self, articles):
        self.postings = {}
        for number in range(articles):
            word = WORDS[number % len(WORDS)]
            self.postings[word] = self.postings.get(word, 0) + 1
        self.served = 0
        self.hits = 0

    def search(self, query):
        found = [self.postings.get(term, 0) for term in self.terms(query)]
        self.served += 1
        self.hits += min(found, default=0)


class BoundedSearchBox(SearchBox):
    terms = staticmethod(lru_cache(maxsize=1_024)(terms))


def queries(count):
    rng = random.Random(202)
    for number in range(count):
        if rng.random() < 0.4:
            yield f"{rng.choice(WORDS)} {rng.choice(WORDS)}"
        else:
            yield " ".join(rng.choices(WORDS, k=6)) + f" {rng.randrange(40, 400)}x{rng.randrange(40, 400)} cm"


def day(box):
    checksum = 0
    for query in queries(90_000):
        box.search(query)
        checksum = zlib.crc32(query.encode(), checksum)
    print("served", box.served, "hits", box.hits, "checksum", checksum)
    return box


@case("rr 02 query normaliser")
class _:
    def bad():
        return day(SearchBox(4_000))

    def good():
        return day(BoundedSearchBox(4_000))


if __name__ == "__main__":
    kept = run()
