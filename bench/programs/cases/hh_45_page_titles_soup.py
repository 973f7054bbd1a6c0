"""A small site index: pages are parsed one after another, title and headings go into the index."""
import random
from collections import defaultdict

from bs4 import BeautifulSoup

from harness import CASES, D, case, fixture, run

WORDS = ("river stone winter garden copper signal market harbour paper lantern orchard "
         "timber meadow silver window bridge valley thunder engine letter").split()


def crawl(pages, seed=45):
    """Stands for the crawler: (address, html)."""
    rng = random.Random(seed)
    for n in range(pages):
        body = []
        for part in range(8):
            body.append(f"<h2>{rng.choice(WORDS)} {rng.choice(WORDS)} {part}</h2>")
            for _ in range(26):
                text = " ".join(rng.choices(WORDS, k=14))
                body.append(f'<p class="c{rng.randrange(9)}">{text} <a href="/p/{rng.randrange(pages)}">'
                            f"{rng.choice(WORDS)}</a></p>")
        title = f"{rng.choice(WORDS)} and {rng.choice(WORDS)} no. {n}"
        yield f"/p/{n}", f"<html><head><title>{title}</title></head><body>{''.join(body)}</body></html>"


class PageReader:
    def __init__(self, html):
        self.soup = BeautifulSoup(html, "lxml")

    def title(self):
        return self.soup.title.string

    def headings(self):
        return [h.string for h in self.soup.find_all("h2")]

    def links(self):
        return len({a["href"] for a in self.soup.find_all("a")})


class PlainPageReader(PageReader):
    def title(self):
        return self.soup.title.get_text()

    def headings(self):
        return [h.get_text() for h in self.soup.find_all("h2")]


class SiteIndex:
    def __init__(self, reader_class):
        self.reader_class = reader_class
        self.titles = {}
        self.by_word = defaultdict(set)
        self.out_links = {}

    def add(self, address, html):
        page = self.reader_class(html)
        self.titles[address] = page.title()
        for heading in page.headings():
            for word in heading.split()[:2]:
                self.by_word[word].add(address)
        self.out_links[address] = page.links()

    def build(self, pages):
        for address, html in crawl(pages):
            self.add(address, html)
        return self


@case('45 page titles hold the parse tree')
class _:
    def bad():
        return SiteIndex(PageReader).build(110)

    def good():
        return SiteIndex(PlainPageReader).build(110)


if __name__ == "__main__":
    kept = run()
