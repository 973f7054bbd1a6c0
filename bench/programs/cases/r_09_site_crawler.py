"""Site crawler: walks a (recorded) site breadth first and keeps a small record of every page."""
import os
import random
import sqlite3
import sys
import tempfile
import zlib
from collections import deque
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import html

CASES = os.path.join(tempfile.gettempdir(), "memory-cases")
SITE = os.path.join(CASES, "ss-site.sqlite3")
START = "http://shop.example/p/0"


def write_site(path):
    rng = random.Random(909)
    words = ["".join(rng.choices("abdegiklmnoprstu", k=rng.randint(3, 9))) for _ in range(3000)]
    text = lambda n: " ".join(rng.choices(words, k=n))
    db = sqlite3.connect(path)
    db.execute("create table page(url text primary key, body blob)")
    total = 900
    for n in range(total):
        links = {n * 2 + 1, n * 2 + 2} | {rng.randrange(total) for _ in range(6)}
        nav = "".join('<li><a href="/p/%d" class="nav">%s</a></li>' % (m, text(2)) for m in links if m < total)
        rows = "".join('<tr><td class="c%d">%s</td><td>%d</td><td><b>%s</b></td></tr>' % (
            rng.randint(1, 9), text(3), rng.randint(1, 9999), text(2)) for _ in range(rng.randint(60, 160)))
        paras = "".join("<p>%s <em>%s</em></p>" % (text(40), text(3)) for _ in range(rng.randint(5, 20)))
        body = ('<html><head><title>%s</title><meta name="description" content="%s"></head><body><ul>%s</ul>'
                '<table>%s</table>%s</body></html>' % (text(5).title(), text(14), nav, rows, paras))
        db.execute("insert into page values (?,?)", ("http://shop.example/p/%d" % n, zlib.compress(body.encode())))
    db.commit()
    db.close()


def ensure_input(path, writer):
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    pid = os.fork()
    if pid == 0:
        writer(path + ".part")
        os.replace(path + ".part", path)
        os._exit(0)
    os.waitpid(pid, 0)


class Fetcher:
    def __init__(self, path):
        self.db = sqlite3.connect(path)

    def get(self, url):
        row = self.db.execute("select body from page where url=?", (url,)).fetchone()
        return zlib.decompress(row[0]) if row else None


@dataclass(slots=True)
class PageRecord:
    url: str
    title: str
    description: str
    numbers: int
    links: int


class ParserBad:
    def first(self, tree, path):
        found = tree.xpath(path)
        return found[0] if found else ""


class ParserGood:
    def first(self, tree, path):
        found = tree.xpath(path, smart_strings=False)
        return found[0] if found else ""


class Extractor:
    def __init__(self, parser):
        self.parser = parser

    def links(self, tree, base):
        return [urljoin(base, a.get("href")) for a in tree.iter("a") if a.get("href")]

    def record(self, url, body):
        tree = html.document_fromstring(body)
        links = self.links(tree, url)
        numbers = sum(int(td.text) for td in tree.iter("td") if td.text and td.text.isdigit())
        record = PageRecord(url, self.parser.first(tree, "//title/text()"),
                            self.parser.first(tree, "//meta[@name='description']/@content"), numbers, len(links))
        return record, links


class Crawler:
    def __init__(self, parser):
        self.fetcher = Fetcher(SITE)
        self.extractor = Extractor(parser)
        self.pages = {}

    def crawl(self, start, limit):
        frontier, seen = deque([start]), {start}
        while frontier and len(self.pages) < limit:
            url = frontier.popleft()
            body = self.fetcher.get(url)
            if body is None:
                continue
            record, links = self.extractor.record(url, body)
            self.pages[url] = record
            for link in links:
                if link not in seen:
                    seen.add(link)
                    frontier.append(link)


CRAWLER = None


def main(mode):
    global CRAWLER
    ensure_input(SITE, write_site)
    CRAWLER = Crawler(ParserBad() if mode == "bad" else ParserGood())
    CRAWLER.crawl(START, 800)
    pages = CRAWLER.pages.values()
    print("%d pages, %d links, numbers %d, titles %d" % (
        len(pages), sum(p.links for p in pages), sum(p.numbers for p in pages), sum(len(p.title) for p in pages)))


if __name__ == "__main__":
    main(sys.argv[1])
