"""Legal text annotator: reads court decisions, finds citations, serves them by statute."""
import os
import random
import re
import sys
import tempfile
from collections import defaultdict

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
DOCS = os.path.join(BASE, "zz-legal")
N_DOCS = 560

STATUTE = re.compile(r"(?:section|article) (\d{1,4})(?:\((\d)\))? of the ([A-Z][a-z]+ Act)")
CASE = re.compile(r"\[(\d{4})\] ([A-Z]{2,4}) (\d+)")


def make_inputs():
    rng = random.Random(41)
    os.makedirs(DOCS + ".tmp", exist_ok=True)
    syll = ["con", "tra", "li", "ber", "ap", "pel", "lant", "re", "mit", "ju", "dic", "ta", "ment", "vi", "so", "der"]
    words = ["".join(rng.choices(syll, k=rng.randint(1, 4))) for _ in range(9000)]
    acts = ["Companies Act", "Housing Act", "Patents Act", "Police Act", "Insolvency Act", "Trade Act"]
    for d in range(N_DOCS):
        paras = []
        for _ in range(rng.randint(27, 43)):
            body = " ".join(rng.choices(words, k=rng.randint(250, 450)))
            if rng.random() < 0.2:
                body += f" under section {rng.randint(1, 900)}({rng.randint(1, 9)}) of the {rng.choice(acts)}"
            if rng.random() < 0.1:
                body += f" see [{rng.randint(1950, 2020)}] {rng.choice(['AC', 'QB', 'EWCA'])} {rng.randint(1, 800)}"
            paras.append(body + ".")
        with open(os.path.join(DOCS + ".tmp", f"{d:05d}.txt"), "w") as fh:
            fh.write("\n\n".join(paras))
    os.rename(DOCS + ".tmp", DOCS)


class Citation:
    __slots__ = ("doc", "number", "offset")

    def __init__(self, doc, number, offset):
        self.doc, self.number, self.offset = doc, number, offset

    def sort_key(self):
        return self.number, self.doc, self.offset


class LazyCitation:
    """Resolves number and offset on demand from the hit."""
    __slots__ = ("doc", "hit", "group")

    def __init__(self, doc, hit, group):
        self.doc, self.hit, self.group = doc, hit, group

    def sort_key(self):
        return int(self.hit.group(self.group)), self.doc, self.hit.start()


class Annotator:
    def __init__(self, mode):
        self.by_source = defaultdict(list)
        self.chars = 0
        self.make = self.cite_bad if mode == "bad" else self.cite_good

    def cite_bad(self, doc, hit, group):
        return LazyCitation(doc, hit, group)

    def cite_good(self, doc, hit, group):
        return Citation(doc, int(hit.group(group)), hit.start())

    def _scan(self, doc, text):
        for hit in STATUTE.finditer(text):
            self.by_source[hit.group(3)].append(self.make(doc, hit, 1))
        for hit in CASE.finditer(text):
            self.by_source[hit.group(2)].append(self.make(doc, hit, 3))

    def annotate(self, doc, path):
        with open(path) as fh:
            text = fh.read()
        self.chars += len(text)
        self._scan(doc, text)

    def table_of_authorities(self):
        for source in sorted(self.by_source):
            cites = self.by_source[source]
            first = min(c.sort_key() for c in cites)
            yield source, len(cites), first


def main(mode):
    if not os.path.isdir(DOCS):
        os.makedirs(BASE, exist_ok=True)
        pid = os.fork()
        if pid == 0:
            make_inputs()
            os._exit(0)
        os.waitpid(pid, 0)
    annotator = Annotator(mode)
    for doc, name in enumerate(sorted(os.listdir(DOCS))):
        annotator.annotate(doc, os.path.join(DOCS, name))
    check = 0
    for source, n, (number, doc, offset) in annotator.table_of_authorities():
        check = (check * 31 + n + number + doc + offset) % 1_000_003
    print("sources", len(annotator.by_source), "chars", annotator.chars, "check", check)
    return annotator


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
