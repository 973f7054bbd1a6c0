from bisect import bisect_left
from itertools import islice

from harness import case, run

PARTS = "al ber cor dun el fen gar hol in jan kel lin mar nor ost pen quin ros sel tor und ver wil yar zen".split()
KINDS = ("street", "avenue", "lane", "square", "gardens")


def street_names(count):
    for number in range(count):
        code, stem = number * 7919 % len(PARTS) ** 4, ""
        for _ in range(4):
            code, part = divmod(code, len(PARTS))
            stem += PARTS[part]
        yield f"{stem} {KINDS[number % len(KINDS)]}"


class StreetCompleter:
    END = ""

    def __init__(self, names):
        self.root = {}
        for name in names:
            node = self.root
            for letter in name:
                node = node.setdefault(letter, {})
            node[self.END] = None

    def _walk(self, node, prefix):
        for letter in sorted(node):
            if letter == self.END:
                yield prefix
            else:
                yield from self._walk(node[letter], prefix + letter)

    def complete(self, prefix, limit=5):
        node = self.root
        for letter in prefix:
            if letter not in node:
                return []
            node = node[letter]
        return list(islice(self._walk(node, prefix), limit))


class SortedStreetCompleter:
    def __init__(self, names):
        self.names = sorted(names)

    def complete(self, prefix, limit=5):
        start = bisect_left(self.names, prefix)
        return [name for name in self.names[start:start + limit] if name.startswith(prefix)]


def answer(completer):
    for prefix in ("berco", "norostx", "quin", "zenal"):
        print(prefix, completer.complete(prefix))
    offered = 0
    for name in street_names(24_000):
        for typed in (6, 8, 11):
            offered += len(completer.complete(name[:typed]))
    print("offered", offered)
    return completer


@case("oo 09 street completer")
class _:
    def bad():
        return answer(StreetCompleter(street_names(36_000)))

    def good():
        return answer(SortedStreetCompleter(street_names(36_000)))


if __name__ == "__main__":
    kept = run()
