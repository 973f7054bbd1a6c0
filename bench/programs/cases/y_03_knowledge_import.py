"""Knowledge graph importer: reads XML shards, keeps a label index of the important entities."""
import os
import random
import sys
import tempfile
from lxml import etree

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
SHARDS = os.path.join(BASE, "zz-kg")
N_SHARDS = 520


def make_inputs():
    rng = random.Random(77)
    os.makedirs(SHARDS + ".tmp", exist_ok=True)
    syll = ["ka", "ri", "mo", "ten", "sul", "va", "ne", "dor", "il", "pa", "gra", "shi"]
    eid = 0
    for s in range(N_SHARDS):
        with open(os.path.join(SHARDS + ".tmp", f"{s:04d}.xml"), "w") as fh:
            fh.write("<shard>")
            for _ in range(rng.randint(35, 55)):
                eid += 1
                name = "".join(rng.choices(syll, k=4)).title()
                fh.write(f'<entity id="Q{eid}" rank="{rng.randint(0, 999)}"><label>{name} {eid}</label>')
                for _ in range(rng.randint(3, 7)):
                    fh.write(f'<claim p="P{rng.randint(1, 2000)}" o="Q{rng.randint(1, 90000)}">'
                             f'{"".join(rng.choices(syll, k=5))}</claim>')
                fh.write("</entity>")
            fh.write("</shard>")
    os.rename(SHARDS + ".tmp", SHARDS)


LABEL_BAD = etree.XPath("./label/text()")
LABEL_GOOD = etree.XPath("./label/text()", smart_strings=False)


def label_of_bad(entity):
    found = LABEL_BAD(entity)
    return found[0] if found else None


def label_of_good(entity):
    found = LABEL_GOOD(entity)
    return found[0] if found else None


class PropertyStats:
    def __init__(self):
        self.used = {}

    def add(self, entity):
        n = 0
        for claim in entity.iterchildren("claim"):
            p = int(claim.get("p")[1:])
            self.used[p] = self.used.get(p, 0) + 1
            n += 1
        return n


class LabelIndex:
    """Labels of entities with a high rank, for autocompletion."""

    def __init__(self, label_of, min_rank):
        self.label_of = label_of
        self.min_rank = min_rank
        self.labels = {}

    def consider(self, entity):
        if int(entity.get("rank")) < self.min_rank:
            return
        label = self.label_of(entity)
        if label:
            self.labels[int(entity.get("id")[1:])] = label


class Importer:
    def __init__(self, mode):
        self.index = LabelIndex(label_of_bad if mode == "bad" else label_of_good, 960)
        self.stats = PropertyStats()
        self.claims = 0

    def _entity(self, entity):
        self.claims += self.stats.add(entity)
        self.index.consider(entity)

    def load(self, path):
        root = etree.parse(path).getroot()
        for entity in root.iterchildren("entity"):
            self._entity(entity)


def main(mode):
    if not os.path.isdir(SHARDS):
        os.makedirs(BASE, exist_ok=True)
        pid = os.fork()
        if pid == 0:
            make_inputs()
            os._exit(0)
        os.waitpid(pid, 0)
    importer = Importer(mode)
    for name in sorted(os.listdir(SHARDS)):
        importer.load(os.path.join(SHARDS, name))
    check = sum(len(v) * k for k, v in importer.index.labels.items()) % 1_000_003
    print("labels", len(importer.index.labels), "claims", importer.claims,
          "properties", len(importer.stats.used), "check", check)
    return importer


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
