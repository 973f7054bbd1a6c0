"""Crawler of a stored site: frontier, page parser, link table and a catalogue of titles."""
import collections
import os
import random
import sqlite3
import sys
import tempfile

from lxml import etree, html

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
SITE = os.path.join(BASE, "r_site.sqlite3")
PAGES = 700


def build_site():
    rng = random.Random(3)
    words = ["".join(rng.choices("abcdefghiklmnoprstuvw", k=rng.randrange(3, 10))) for _ in range(4000)]
    db = sqlite3.connect(SITE + ".part")
    db.execute("create table page(url text primary key, body blob)")
    for n in range(PAGES):
        rows = []
        for _ in range(rng.randrange(60, 180)):
            rows.append(f"<tr class='r{rng.randrange(9)}'><td>{rng.choice(words)}</td>"
                        f"<td><b>{rng.random():.5f}</b></td><td>{' '.join(rng.choices(words, k=6))}</td></tr>")
        links = "".join(f"<li><a href='/p/{rng.randrange(PAGES)}'>{rng.choice(words)}</a></li>" for _ in range(9))
        links += f"<li><a href='/p/{(n + 1) % PAGES}'>next</a></li>"
        body = (f"<html><head><title>{' '.join(rng.choices(words, k=5))} {n}</title></head><body>"
                f"<h1>{rng.choice(words)}</h1><table>{''.join(rows)}</table><ul>{links}</ul></body></html>")
        db.execute("insert into page values(?,?)", (f"/p/{n}", body.encode()))
    db.commit()
    db.close()
    os.rename(SITE + ".part", SITE)


def ensure_site():
    os.makedirs(BASE, exist_ok=True)
    if not os.path.exists(SITE):
        pid = os.fork()
        if pid == 0:
            build_site()
            os._exit(0)
        os.waitpid(pid, 0)


def select_bad(doc, expression):
    return etree.XPath(expression)(doc)


def select_good(doc, expression):
    return etree.XPath(expression, smart_strings=False)(doc)


select = select_bad if ARM == "bad" else select_good


class Page:
    def __init__(self, url, body):
        self.url = url
        self.doc = html.fromstring(body)

    def title(self):
        found = select(self.doc, "//title/text()")
        return found[0] if found else self.url

    def links(self):
        for href in select(self.doc, "//a/@href"):
            yield href.strip()

    def numbers(self):
        return [float(t) for t in select(self.doc, "//td/b/text()")]


class Catalogue:
    def __init__(self):
        self.titles = {}
        self.incoming = collections.Counter()
        self.total = 0.0

    def add(self, page):
        self.titles[page.url] = page.title()
        self.total += sum(page.numbers())


class Crawler:
    def __init__(self, fetch):
        self.fetch = fetch
        self.catalogue = Catalogue()
        self.seen = {"/p/0"}
        self.frontier = collections.deque(self.seen)

    def run(self):
        while self.frontier:
            url = self.frontier.popleft()
            page = Page(url, self.fetch(url))
            self.catalogue.add(page)
            for link in page.links():
                self.catalogue.incoming[link] += 1
                if link not in self.seen:
                    self.seen.add(link)
                    self.frontier.append(link)
        return self.catalogue


def main():
    ensure_site()
    db = sqlite3.connect(SITE)
    fetch = lambda url: db.execute("select body from page where url=?", (url,)).fetchone()[0]
    crawler = Crawler(fetch)
    cat = crawler.run()
    longest = max(cat.titles.values(), key=len)
    print("pages", len(cat.titles), "longest", len(longest), "sum", round(cat.total, 3),
          "top", cat.incoming.most_common(1)[0][1])
    return crawler


if __name__ == "__main__":
    crawler = main()
