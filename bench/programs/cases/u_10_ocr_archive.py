"""OCR post-processor: repairs scanned pages and keeps them for full-text search."""
import os
import random
import re
import sys
import tempfile

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
SCANS = os.path.join(FOLDER, "vv-scans.txt")
PAGES = 4_000
CONFUSIONS = str.maketrans({"|": "l", "~": "-", "\t": " "})
HYPHEN = re.compile(r"(\w)-\n(\w)")
ODD = re.compile(r"[^A-Za-z0-9 .,\n-]")


def write_scans(path):
    rng = random.Random(43)
    words = ["".join(rng.choices("etaoinshrdlucmfwypvbgkqjxz", k=rng.randint(2, 11)))
             for _ in range(9000)]
    with open(path, "w", encoding="ascii") as out:
        for page in range(PAGES):
            out.write(f"#page {page} dpi={rng.choice((150, 200, 300))}\n")
            for _ in range(rng.randint(60, 85)):
                line = " ".join(rng.choices(words, k=9))
                if rng.random() < 0.2:
                    line = line.replace("l", "|")
                if rng.random() < 0.02:
                    line = line.replace("e", "*", 4)
                out.write(line + ("-\n" if rng.random() < 0.1 else "\n"))


def ensure_inputs():
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(SCANS):
        pid = os.fork()
        if pid == 0:
            write_scans(SCANS + ".tmp")
            os.rename(SCANS + ".tmp", SCANS)
            os._exit(0)
        os.waitpid(pid, 0)


class Page:
    __slots__ = ("number", "text", "mark")

    def __init__(self, number, text, mark):
        self.number = number
        self.text = text
        self.mark = mark


def read_pages(path):
    number, lines = None, []
    with open(path, encoding="ascii") as scans:
        for line in scans:
            if line.startswith("#page "):
                if number is not None:
                    yield number, "".join(lines)
                number, lines = int(line.split()[1]), []
            else:
                lines.append(line)
    yield number, "".join(lines)


class Repair:
    marks = {True: "\U0001f7e2", False: "\U0001f7e1"}

    def clean(self, raw):
        return HYPHEN.sub(r"\1\2", raw.translate(CONFUSIONS)).rstrip()

    def is_sure(self, text):
        return len(ODD.findall(text)) < 4

    def page_bad(self, number, text, mark):
        return Page(number, text + "\n" + mark, None)

    def page_good(self, number, text, mark):
        return Page(number, text, mark)

    def run(self, number, raw):
        text = self.clean(raw)
        mark = self.marks[self.is_sure(text)]
        if ARM == "bad":
            return self.page_bad(number, text, mark)
        return self.page_good(number, text, mark)


class Archive:
    def __init__(self):
        self.pages = []

    def add(self, page):
        self.pages.append(page)

    def search(self, word):
        return [p.number for p in self.pages if word in p.text]

    def sure(self):
        good = Repair.marks[True]
        return sum(p.mark == good or p.text.endswith(good) for p in self.pages)


def main():
    ensure_inputs()
    repair, archive = Repair(), Archive()
    for number, raw in read_pages(SCANS):
        archive.add(repair.run(number, raw))
    found = {word: len(archive.search(word)) for word in ("the", "tion", "stone", "quer")}
    print(f"pages={len(archive.pages)} sure={archive.sure()} found={found}")
    return archive


ARCHIVE = main()
