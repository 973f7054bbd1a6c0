import random
import re
from collections import Counter

from harness import case, fixture, run

WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def build(path):
    rng = random.Random(1515)
    letters = "etaoinshrdlu"
    words = ["".join(rng.choices(letters, k=rng.randrange(2, 9))) for _ in range(5_000)]
    words += [f"{word}'s" for word in words[:400]]
    with open(path, "w") as out:
        for song in range(14_000):
            verses = (" ".join(words[int(rng.paretovariate(0.4)) % len(words)] for _ in range(8)) for _ in range(8))
            out.write(f"({song})\n" + "\n".join(verses) + "\n\n")


class Songbook:
    """Word counts over all the songs that the collectors wrote down."""

    def __init__(self):
        self.counts = Counter()
        self.longest = ""

    def read(self, path):
        with open(path) as songs:
            self.take(WORD.findall(songs.read()))
        return self

    def take(self, words):
        self.counts.update(words)
        self.longest = max(self.longest, *words, key=len)

    def once(self):
        return sum(count == 1 for count in self.counts.values())


class VerseSongbook(Songbook):
    def read(self, path):
        with open(path) as songs:
            for verse in songs:
                words = WORD.findall(verse)
                if words:
                    self.take(words)
        return self


def study(kind, path):
    book = kind().read(path)
    commonest = sorted(book.counts.items(), key=lambda item: (-item[1], item[0]))[:3]
    print(book.counts.total(), "words,", len(book.counts), "different,", book.once(), "once", commonest, book.longest)
    return book


@case("rr 15 song words")
class _:
    def setup():
        _.path = fixture("rr_songs.txt", build)

    def bad():
        return study(Songbook, _.path)

    def good():
        return study(VerseSongbook, _.path)


if __name__ == "__main__":
    kept = run()
