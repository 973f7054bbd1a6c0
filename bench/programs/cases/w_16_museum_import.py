"""Imports a museum catalogue (CSV) into an in-memory collection with facets."""
import csv
import os
import random
import sys
import tempfile
from array import array

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
FIELDS = ("department", "material", "technique", "period", "place", "donor")


def build_catalogue(path):
    rng = random.Random(29)
    stems = "oak bronze glazed gilt carved woven painted incised cast blown etched stitched printed".split()
    pools = {field: [f"{rng.choice(stems)} {rng.choice(stems)} {field} {k}" for k in range(size)]
             for field, size in zip(FIELDS, (24, 300, 180, 90, 900, 1500))}
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("number", "title", "year") + FIELDS)
        for n in range(150_000):
            number = f"{rng.randrange(1880, 2020)}.{rng.randrange(900)}.{n}"
            title = f"{rng.choice(stems).title()} {rng.choice(('bowl', 'figure', 'panel', 'coin', 'mask'))} {n % 7919}"
            picks = [pools[f][min(int(rng.paretovariate(0.7)), len(pools[f])) - 1] for f in FIELDS]
            writer.writerow([number, title, rng.randrange(900, 1950)] + picks)


def prepared(name, build):
    path = os.path.join(BASE, name)
    if not os.path.exists(path):
        pid = os.fork()
        if pid == 0:
            try:
                os.makedirs(BASE, exist_ok=True)
                build(path + ".part")
                os.rename(path + ".part", path)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
    return path


class Record:
    __slots__ = ("number", "title", "year") + FIELDS

    def __init__(self, number, title, year, terms):
        self.number = number
        self.title = title
        self.year = year
        for field, term in zip(FIELDS, terms):
            setattr(self, field, term)


class TermCleaner:
    """Brings the terms of a row into the form used by the facets."""

    def __init__(self, arm):
        self.terms = {}
        self.years = list(range(2100))
        self.vocabulary = getattr(self, "vocabulary_" + arm)

    def vocabulary_bad(self, term):
        return term

    def vocabulary_good(self, term):
        return self.terms.setdefault(term, term)

    def row(self, cells):
        return [self.vocabulary(" ".join(cell.split()).capitalize()) for cell in cells]


class Collection:
    def __init__(self):
        self.records = []
        self.facets = {field: {} for field in FIELDS}

    def add(self, record):
        position = len(self.records)
        self.records.append(record)
        for field in FIELDS:
            lists = self.facets[field]
            term = getattr(record, field)
            if term not in lists:
                lists[term] = array("I")
            lists[term].append(position)

    def select(self, **terms):
        rarest = min((self.facets[field].get(term, ()) for field, term in terms.items()), key=len)
        return [self.records[k] for k in rarest
                if all(getattr(self.records[k], field) == term for field, term in terms.items())]


class Importer:
    def __init__(self, collection, cleaner):
        self.collection = collection
        self.cleaner = cleaner
        self.rejected = 0

    def run(self, path):
        with open(path, newline="") as source:
            rows = csv.reader(source)
            next(rows)
            for number, title, year, *cells in rows:
                if int(year) < 905:
                    self.rejected += 1
                    continue
                self.collection.add(Record(number, title, self.cleaner.years[int(year)], self.cleaner.row(cells)))


def main(arm):
    path = prepared("xx-catalogue.csv", build_catalogue)
    importer = Importer(Collection(), TermCleaner(arm))
    importer.run(path)
    collection = importer.collection
    top = {field: max(lists, key=lambda t: len(lists[t])) for field, lists in collection.facets.items()}
    found = collection.select(department=top["department"], place=top["place"], material=top["material"])
    print(f"records={len(collection.records)} rejected={importer.rejected} found={len(found)} first={found[0].number}")
    return importer


if __name__ == "__main__":
    IMPORTER = main(sys.argv[1])
