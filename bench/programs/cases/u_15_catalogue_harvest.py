"""Harvests library catalogues (XML) into a small title index, with lxml."""
import os
import random
import sys
import tempfile

from lxml import etree

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
FEEDS, RECORDS = 30, 700
NS = {"c": "urn:example:catalogue"}


def feed_path(number):
    return os.path.join(FOLDER, f"vv-catalogue-{number:02d}.xml")


def write_feeds():
    rng = random.Random(67)
    words = ["".join(rng.choices("abcdefghilmnoprstuvz", k=rng.randint(3, 10)))
             for _ in range(6000)]
    for number in range(FEEDS):
        with open(feed_path(number) + ".tmp", "w", encoding="utf-8") as out:
            out.write(f'<catalogue xmlns="{NS["c"]}" library="L{number:02d}">\n')
            for record in range(RECORDS):
                star = ' featured="yes"' if rng.random() < 0.05 else ""
                out.write(f'<record id="{number:02d}-{record:05d}"{star}>'
                          f'<title>{" ".join(rng.choices(words, k=4)).title()}</title>'
                          f'<year>{rng.randint(1890, 2024)}</year>')
                for _ in range(rng.randint(4, 14)):
                    out.write(f'<copy shelf="{rng.choice(words)[:4]}.{rng.randint(1, 999)}">'
                              f'<note>{" ".join(rng.choices(words, k=6))}</note></copy>')
                out.write("</record>\n")
            out.write("</catalogue>\n")
        os.rename(feed_path(number) + ".tmp", feed_path(number))


def ensure_inputs():
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(feed_path(FEEDS - 1)):
        pid = os.fork()
        if pid == 0:
            write_feeds()
            os._exit(0)
        os.waitpid(pid, 0)


def text_query_bad(expression):
    return etree.XPath(expression, namespaces=NS)


def text_query_good(expression):
    return etree.XPath(expression, namespaces=NS, smart_strings=False)


def text_query(expression):
    return text_query_bad(expression) if ARM == "bad" else text_query_good(expression)


class FeedReader:
    def __init__(self):
        self.featured = etree.XPath("//c:record[@featured='yes']", namespaces=NS)
        self.title = text_query("c:title/text()")
        self.copies = etree.XPath("count(//c:copy)", namespaces=NS)

    def read(self, path):
        root = etree.parse(path).getroot()
        library = root.get("library")
        entries = [Entry(library, record.get("id"), self.title(record)[0])
                   for record in self.featured(root)]
        return entries, int(self.copies(root))


class Entry:
    __slots__ = ("library", "record", "title")

    def __init__(self, library, record, title):
        self.library = library
        self.record = record
        self.title = title


class TitleIndex:
    def __init__(self):
        self.entries = []
        self.copies = 0

    def harvest(self, reader, paths):
        for path in paths:
            entries, copies = reader.read(path)
            self.entries.extend(entries)
            self.copies += copies
        self.entries.sort(key=lambda e: (e.title, e.record))

    def starting_with(self, letter):
        return sum(e.title.startswith(letter) for e in self.entries)


def main():
    ensure_inputs()
    index = TitleIndex()
    index.harvest(FeedReader(), map(feed_path, range(FEEDS)))
    first = index.entries[0]
    print(f"entries={len(index.entries)} copies={index.copies} first={first.record} "
          f"'{first.title}' with_m={index.starting_with('M')}")
    return index


INDEX = main()
