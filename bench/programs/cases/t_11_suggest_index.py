"""Search-as-you-type service: loads the product titles into a sorted index and answers prefixes."""
import os
import random
import sys
import tempfile
import unicodedata
from array import array

import numpy as np

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
TITLES = os.path.join(tempfile.gettempdir(), "memory-cases", "uu-titles.tsv")


def write_titles(path):
    rng = random.Random(1111)
    brands = ["Arvo", "Belmar", "Corvin", "Dexa", "Elmont", "Fjord", "Gala", "Hexon", "Ilma", "Jura"]
    things = ["lamp", "kettle", "drill", "chair", "router", "speaker", "bottle", "jacket", "tent", "blender"]
    looks = ["black", "white", "oak", "steel", "navy", "matt", "compact", "large", "foldable", "cordless"]
    with open(path + ".tmp", "w", encoding="utf-8") as out:
        for n in range(45_000):
            title = f"{rng.choice(brands)} {rng.choice(things)} {rng.choice('ABKXZ')}{rng.randint(10, 9999)} {rng.choice(looks)}"
            if rng.random() < 0.0004:
                title += " - " + " ".join(rng.choice(looks + things) for _ in range(rng.randint(25, 50)))
            out.write(f"{100000 + n}\t{title}\t{rng.randint(0, 5000)}\n")
    os.rename(path + ".tmp", path)


def ensure_titles():
    os.makedirs(os.path.dirname(TITLES), exist_ok=True)
    if not os.path.exists(TITLES):
        pid = os.fork()
        if pid == 0:
            write_titles(TITLES)
            os._exit(0)
        os.waitpid(pid, 0)


def fold(text):
    return unicodedata.normalize("NFKD", text).casefold().strip()


def column_bad(values):
    return np.array(values)


def column_good(values):
    return np.array(values, dtype=object)


class TitleTable:
    """Columns of the catalogue: folded key, product number and popularity, sorted by key."""

    def __init__(self):
        self.keys = None
        self.products = None
        self.popularity = None

    @classmethod
    def load(cls, path):
        keys, products, popularity = [], array("i"), array("h")
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                product, title, sold = line.rstrip("\n").split("\t")
                keys.append(fold(title))
                products.append(int(product))
                popularity.append(int(sold))
        table = cls()
        table.keys = column_bad(keys) if ARM == "bad" else column_good(keys)
        table.products = np.frombuffer(products, dtype=np.int32)
        table.popularity = np.frombuffer(popularity, dtype=np.int16)
        return table

    def sort(self):
        order = np.argsort(self.keys, kind="stable")
        self.keys = self.keys[order]
        self.products = self.products[order]
        self.popularity = self.popularity[order]
        return self

    def span(self, prefix):
        low = np.searchsorted(self.keys, prefix, side="left")
        high = np.searchsorted(self.keys, prefix + "\U0010ffff", side="right")
        return int(low), int(high)


class Suggester:
    def __init__(self, table, limit=8):
        self.table = table
        self.limit = limit
        self.answered = self.empty = 0

    def suggest(self, typed):
        low, high = self.table.span(fold(typed))
        self.answered += 1
        if low == high:
            self.empty += 1
            return []
        best = np.argsort(-self.table.popularity[low:high], kind="stable")[:self.limit] + low
        return [(int(self.table.products[row]), str(self.table.keys[row])) for row in best]


def typing_sessions(rng, table, count):
    for _ in range(count):
        target = str(table.keys[rng.randrange(len(table.keys))])
        if rng.random() < 0.1:
            target = target[:3] + "q" + target[3:]
        for length in range(3, min(len(target), 16), 2):
            yield target[:length]


def main():
    ensure_titles()
    suggester = Suggester(TitleTable.load(TITLES).sort())
    shown = check = 0
    for typed in typing_sessions(random.Random(12), suggester.table, 120):
        for product, title in suggester.suggest(typed):
            shown += 1
            check = (check * 31 + product + len(title)) % 1_000_003
    print(f"titles={len(suggester.table.keys)} answered={suggester.answered} empty={suggester.empty} shown={shown} check={check}")
    return suggester


if __name__ == "__main__":
    SERVER = main()
