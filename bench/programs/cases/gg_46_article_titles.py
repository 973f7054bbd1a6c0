import os
import random

from bs4 import BeautifulSoup

from harness import CASES, D, case, fixture, run

WORDS = "river mountain council budget harbour festival library museum bridge school train forest".split()


def build(path):
    """A crawl: pages one after the other, divided by a form feed."""
    rng = random.Random(23)
    with open(path, "w") as out:
        for page in range(100):
            title = " ".join(rng.choices(WORDS, k=4)).title()
            out.write(f"<html><head><title>{title} {page}</title></head><body>")
            out.write(f'<p class="byline">by <span class="author">author {rng.randrange(900)}</span></p>')
            for n in range(rng.randrange(220, 320)):
                text = " ".join(rng.choices(WORDS, k=12))
                out.write(f'<p id="p{n}">{text} <a href="/n/{rng.randrange(10**6)}">{rng.choice(WORDS)} {n}</a></p>')
            out.write("</body></html>\f")


def pages(path):
    with open(path) as crawl:
        for line in crawl:
            for part in line.split("\f"):
                if part.strip():
                    yield part


class TitleIndex:
    def __init__(self):
        self.titles = []
        self.authors = {}
        self.links = 0

    def text_of(self, tag):
        raise NotImplementedError

    def add(self, html):
        soup = BeautifulSoup(html, "html.parser")
        title = self.text_of(soup.title)
        author = self.text_of(soup.find("span", class_="author"))
        self.titles.append(title)
        self.authors.setdefault(author, []).append(len(self.titles) - 1)
        self.links += len(soup.find_all("a", href=True))


class TitleIndexDirect(TitleIndex):
    def text_of(self, tag):
        return tag.string


class TitleIndexPlain(TitleIndex):
    def text_of(self, tag):
        return str(tag.string)


def crawl(index):
    for html in pages(fixture("f6_crawl.html", build)):
        index.add(html)
    return index


@case('46 strings of a soup keep the whole soup')
class _:
    def setup():
        fixture("f6_crawl.html", build)

    def bad():
        return crawl(TitleIndexDirect())

    def good():
        return crawl(TitleIndexPlain())


if __name__ == "__main__":
    kept = run()
