"""Suggests places while a visitor types."""
import random
from bisect import bisect_left

from harness import case, fixture, run

PARTS = "al ber cas dor ek fen gar hol in jor kal lun mar nor os pet ran sol tur ul ver wes".split()


def build_places(path):
    rng = random.Random(15)
    places = {"".join(rng.choices(PARTS, k=rng.randint(3, 5))) for _ in range(135_000)}
    with open(path, "w") as out:
        out.writelines(place + "\n" for place in sorted(places))


def places(path):
    with open(path) as lines:
        for line in lines:
            yield line.rstrip("\n")


class Suggester:
    END = ""

    def __init__(self, names):
        self.root = {}
        for name in names:
            self.insert(name)

    def insert(self, name):
        node = self.root
        for letter in name:
            node = node.setdefault(letter, {})
        node[self.END] = None

    def suggest(self, prefix, count=8):
        node = self.root
        for letter in prefix:
            node = node.get(letter)
            if node is None:
                return []
        return self.collect(node, prefix, count, [])

    def collect(self, node, prefix, count, found):
        for letter in sorted(node):
            if len(found) >= count:
                break
            if letter == self.END:
                found.append(prefix)
            else:
                self.collect(node[letter], prefix + letter, count, found)
        return found


class OrderedSuggester:
    def __init__(self, names):
        self.names = sorted(names)

    def suggest(self, prefix, count=8):
        start = bisect_left(self.names, prefix)
        return [name for name in self.names[start:start + count] if name.startswith(prefix)]


def typing(suggester_class):
    suggester = suggester_class(places(fixture("xx_15_place_names.txt", build_places)))
    rng, shown = random.Random(51), []
    for _ in range(6000):
        typed = "".join(rng.choices(PARTS, k=3))
        for length in range(2, len(typed)):
            shown.extend(suggester.suggest(typed[:length])[:1])
    print(f"{len(shown)} suggestions, {sum(map(len, shown))} letters, last {shown[-1]}")
    return suggester


@case("xx 15 place suggestions")
class _:
    def setup():
        fixture("xx_15_place_names.txt", build_places)

    def bad():
        return typing(Suggester)

    def good():
        return typing(OrderedSuggester)


if __name__ == "__main__":
    kept = run()
