"""Full-text search over the product notes; the type-ahead box wants only the first few hits."""
from contextlib import closing
from itertools import islice

from harness import case, run

TERMS = ("steel", "wood", "glass", "rubber", "paper", "copper", "wool", "cork")


def note(number):
    return f"{TERMS[number % 8]} {TERMS[number // 8 % 8]} article {number}, shelf {number * 7 % 400}"


class NoteIndex:
    def __init__(self, count=9000):
        self.count = count

    def candidates(self, term):
        """The notes that contain the term, with a rank."""
        found = []
        for number in range(self.count):
            text = note(number)
            if term in text:
                found.append((text.count(term), -number, text))
        return found

    def stream(self, term):
        """The hits of a term, best first."""
        ranked = self.candidates(term)
        ranked.sort(reverse=True)
        for rank, number, text in ranked:
            yield -number, rank, text


class SearchDesk:
    def __init__(self, index):
        self.index = index
        self.running = []
        self.shown = 0
        self.last = None

    def preview(self, term, size=5):
        hits = self.index.stream(term)
        self.running.append(hits)
        return list(islice(hits, size))

    def type_ahead(self, terms):
        for term in terms:
            page = self.preview(term)
            self.shown += len(page)
            self.last = page[-1]


class BriefDesk(SearchDesk):
    def preview(self, term, size=5):
        with closing(self.index.stream(term)) as hits:
            return list(islice(hits, size))


def session(desk_class, keystrokes=330):
    desk = desk_class(NoteIndex())
    desk.type_ahead(TERMS[n % len(TERMS)] for n in range(keystrokes))
    print(f"{keystrokes} previews, {desk.shown} hits shown, last {desk.last}")
    return desk


@case("ac 19 search preview")
class _:
    def bad():
        return session(SearchDesk)

    def good():
        return session(BriefDesk)


if __name__ == "__main__":
    kept = run()
