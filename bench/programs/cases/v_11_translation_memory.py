"""A translation memory server: loads the segments of all projects and answers exact and fuzzy requests."""
import json
import os
import random
import sys
import tempfile
from collections import Counter

ARM = sys.argv[1]
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
SEGMENTS = os.path.join(FOLDER, "ww-tm.jsonl")
LABELS = ("client", "domain", "project", "reviewer", "tool", "origin")


def make_segments(path):
    rnd = random.Random(1812)
    parts = ["ver", "an", "stell", "ung", "druck", "pump", "vent", "il", "schraub", "e", "kopp", "lung", "mess", "wert"]
    words = ["".join(rnd.choices(parts, k=rnd.randint(1, 4))) for _ in range(6000)]
    clients = ["Customer %s & Sons" % word.title() for word in words[:40]]
    people = ["%s.%s@agency.example" % (a, b) for a, b in zip(words[50:90], words[90:130])]
    with open(path + ".part", "w", encoding="utf-8") as out:
        for number in range(150000):
            client = rnd.randrange(40)
            text = rnd.choices(words, k=rnd.randint(2, 7))
            out.write(json.dumps({
                "src": " ".join(text), "tgt": " ".join(word[::-1] for word in text), "client": clients[client],
                "domain": "mechanical/%s" % words[client * 7], "project": "P-2024-%04d" % (client * 20 + rnd.randrange(12)),
                "reviewer": rnd.choice(people), "tool": rnd.choice(["workbench 4.2", "cat-editor 11", "import/legacy"]),
                "origin": rnd.choice(["human translation", "post-edited machine", "aligned corpus"])}) + "\n")
    os.rename(path + ".part", path)


def ensure(path, maker):
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(path):
        child = os.fork()
        if child == 0:
            maker(path)
            os._exit(0)
        os.waitpid(child, 0)


class Unit:
    __slots__ = ("target", "labels")

    def __init__(self, target, labels):
        self.target = target
        self.labels = labels


def labels_bad(row):
    return tuple(row[name] for name in LABELS)


def labels_good(row):
    return tuple(sys.intern(row[name]) for name in LABELS)


labels_of = labels_bad if ARM == "bad" else labels_good


class SegmentFile:
    def __init__(self, path):
        self.path = path

    def units(self):
        with open(self.path, encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield row["src"], Unit(row["tgt"], labels_of(row))


class Memory:
    def __init__(self):
        self.units = {}
        self.replaced = 0

    def load(self, source):
        for text, unit in source.units():
            self.replaced += text in self.units
            self.units[text] = unit

    def exact(self, text):
        unit = self.units.get(text)
        return unit and unit.target


class Desk:
    """Answers what the translators ask during the day."""

    def __init__(self, memory):
        self.memory = memory
        self.hits = 0

    def ask(self, text):
        found = self.memory.exact(text) or self.memory.exact(text.rpartition(" ")[0])
        self.hits += found is not None
        return found

    def per_label(self, name):
        at = LABELS.index(name)
        return Counter(unit.labels[at] for unit in self.memory.units.values())


ensure(SEGMENTS, make_segments)
MEMORY = Memory()
MEMORY.load(SegmentFile(SEGMENTS))
DESK = Desk(MEMORY)
for number, text in enumerate(MEMORY.units):
    if number % 50 == 0:
        DESK.ask(text + " neu" if number % 100 else text)
print("units", len(MEMORY.units), "replaced", MEMORY.replaced, "hits", DESK.hits,
      sorted(DESK.per_label("tool").items()))
