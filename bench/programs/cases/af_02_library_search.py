"""Search over a library catalogue: words and shelf marks of each title lead to the titles' numbers."""
import re
from dataclasses import dataclass

from harness import case, run

STEMS = ["history", "garden", "winter", "letters", "voyage", "island", "night", "stone", "river", "song",
         "theory", "museum", "atlas", "machine", "harbour", "village"]
WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Title:
    number: int
    text: str
    mark: str
    year: int


def acquisitions(count):
    for n in range(count):
        a, b = STEMS[n % 16], STEMS[(n * 7 + n // 16) % 16]
        text = f"The {a} of {b} vol {n % 12}"
        yield Title(n, text, f"{a[:2]}{n // 3:06d}x b{n * 11:07d}", 1900 + n % 120)


class Postings:
    """Which titles carry a term."""

    def __init__(self):
        self.terms = {}

    def add(self, term, number):
        self.terms.setdefault(term, set()).add(number)

    def numbers(self, term):
        return self.terms.get(term, ())


class ShortPostings(Postings):
    MANY = 6

    def add(self, term, number):
        found = self.terms.get(term, ())
        if isinstance(found, set):
            found.add(number)
        elif number not in found:
            found = (*found, number)
            self.terms[term] = set(found) if len(found) > self.MANY else found


class Catalogue:
    def __init__(self, postings):
        self.postings = postings
        self.years = []

    def load(self, titles):
        for title in titles:
            self.years.append(title.year)
            for term in self.terms_of(title):
                self.postings.add(term, title.number)

    @staticmethod
    def terms_of(title):
        yield from WORD.findall(title.text.lower())
        yield from WORD.findall(title.mark)

    def find(self, *words):
        hits = None
        for word in words:
            numbers = set(self.postings.numbers(word))
            hits = numbers if hits is None else hits & numbers
            if not hits:
                break
        return sorted(hits or ())


QUERIES = [("garden", "winter"), ("museum", "11"), ("ga000333x",), ("b0011000",), ("nothing",), ("song", "river", "5")]


def serve(postings):
    catalogue = Catalogue(postings)
    catalogue.load(acquisitions(160_000))
    print("terms", len(postings.terms))
    for words in QUERIES:
        found = catalogue.find(*words)
        years = sum(catalogue.years[n] for n in found)
        print(" ".join(words), len(found), found[:3], years)
    return catalogue


@case("af 02 library search")
class _:
    def bad():
        return serve(Postings())

    def good():
        return serve(ShortPostings())


if __name__ == "__main__":
    kept = run()
