"""Crawls news pages and keeps an index of their headlines."""
from bs4 import BeautifulSoup

from harness import case, run

SECTIONS = ("politics", "science", "sport", "culture")


def fetch(number):
    rows = "".join(
        f'<li class="entry"><a href="/{SECTIONS[n % 4]}/{number}-{n}">Story {n}</a>'
        f'<span class="age">{n} h</span></li>' for n in range(150))
    return (f"<html><head><title>Headline {number}: what happened in {SECTIONS[number % 4]}</title></head>"
            f"<body><nav>Menu</nav><ul>{rows}</ul><p>Page {number}</p></body></html>")


class HeadlineIndex:
    def __init__(self):
        self.titles = {}
        self.links = 0

    def add(self, url, page):
        soup = BeautifulSoup(page, "lxml")
        self.titles[url] = self.headline(soup)
        self.links += len(soup.find_all("a"))

    def headline(self, soup):
        return soup.title.string

    def search(self, word):
        return sorted(url for url, title in self.titles.items() if word in title)


class HeadlineStore(HeadlineIndex):
    def headline(self, soup):
        return str(soup.title.string)


def crawl(index, pages):
    for number in range(pages):
        index.add(f"https://news.example/{number}", fetch(number))
    found = index.search("science")
    print(f"{len(index.titles)} pages, {index.links} links, {len(found)} on science, last {found[-1]}")
    return index


@case("ab 14 headlines")
class _:
    def bad():
        return crawl(HeadlineIndex(), 230)

    def good():
        return crawl(HeadlineStore(), 230)


if __name__ == "__main__":
    kept = run()
