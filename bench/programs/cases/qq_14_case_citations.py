import random
import re
from collections import Counter
from dataclasses import dataclass

from harness import case, run

WORDS = (
    "the court finds that said party shall by order of this chamber remit all such costs as were "
    "incurred upon appeal and further holds no duty arose under the statute in question here"
).split()
CITATION = re.compile(r"\[(?P<year>\d{4})\] (?P<court>[A-Z]{2,4}) (?P<number>\d+)")


@dataclass(slots=True)
class Citation:
    source: str
    found: re.Match

    @property
    def court(self):
        return self.found["court"]

    @property
    def year(self):
        return int(self.found["year"])


@dataclass(slots=True)
class PlainCitation:
    source: str
    court: str
    year: int


def cite(source, found):
    return Citation(source, found)


def cite_plainly(source, found):
    return PlainCitation(source, found["court"], int(found["year"]))


def judgments(count):
    rng = random.Random(1414)
    for number in range(count):
        words = rng.choices(WORDS, k=90_000)
        for _ in range(3):
            court = rng.choice(("EWCA", "UKSC", "EWHC"))
            words[rng.randrange(len(words))] = f"[{rng.randint(1950, 2020)}] {court} {rng.randint(1, 900)}"
        yield f"judgment-{number:04d}", " ".join(words)


class CitationIndex:
    def __init__(self, entry):
        self.entry = entry
        self.entries = []

    def add(self, source, text):
        self.entries.extend(self.entry(source, found) for found in CITATION.finditer(text))

    def by_court(self):
        return sorted(Counter(entry.court for entry in self.entries).items())

    def newest(self):
        return max((entry.year, entry.source) for entry in self.entries)


def index(entry):
    citations = CitationIndex(entry)
    for source, text in judgments(150):
        citations.add(source, text)
    print(citations.by_court(), citations.newest())
    return citations


@case("qq 14 case citations")
class _:
    def bad():
        return index(cite)

    def good():
        return index(cite_plainly)


if __name__ == "__main__":
    kept = run()
