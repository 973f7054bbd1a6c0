"""Builds an index of headlines from the pages that the crawler fetched."""
from collections import defaultdict

from bs4 import BeautifulSoup

from harness import case, run

WORDS = ("council budget river storm school rail museum strike harbour election market trial "
         "bridge winter forest hospital").split()


def page(number):
    """What the crawler stored for one address."""
    title = " ".join(WORDS[(number * k) % len(WORDS)] for k in (3, 5, 7, 11))
    parts = [f"<html><head><title>{title.title()} {number}</title></head><body>"]
    for n in range(700):
        word = WORDS[(number + n) % len(WORDS)]
        parts.append(f'<div class="story s{n}"><p>About the {word}, part {n}</p>'
                     f'<a href="/{number}/{n}">more on {word}</a></div>')
    parts.append("</body></html>")
    return "".join(parts)


def headline(markup):
    soup = BeautifulSoup(markup, "lxml")
    return soup.title.string


def headline_text(markup):
    soup = BeautifulSoup(markup, "lxml")
    title = str(soup.title.string)
    soup.decompose()
    return title


class HeadlineIndex:
    def __init__(self, extract):
        self.extract = extract
        self.headlines = {}
        self.by_word = defaultdict(set)

    def add(self, number, markup):
        text = self.extract(markup)
        self.headlines[number] = text
        for word in text.lower().split():
            self.by_word[word].add(number)

    def search(self, *words):
        found = set(self.headlines)
        for word in words:
            found &= self.by_word.get(word, set())
        return sorted(found)


def crawl(extract, pages=60):
    index = HeadlineIndex(extract)
    for number in range(pages):
        index.add(number, page(number))
    hits = index.search("river")
    print(len(index.headlines), "headlines,", len(hits), "about the river:", hits[:5])
    return index


@case("ac 08 headline index")
class _:
    def bad():
        return crawl(headline)

    def good():
        return crawl(headline_text)


if __name__ == "__main__":
    kept = run()
