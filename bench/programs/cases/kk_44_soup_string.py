import gc
import os
import sys

from harness import CASES, D, case, fixture, run


def pages(n):
    for p in range(n):
        rows = "".join(f"<tr class='row'><td>{p}.{i}</td><td><a href='/item/{p}/{i}'>item {i}</a></td></tr>"
                       for i in range(350))
        yield f"/catalogue/{p}", (f"<html><head><title>Catalogue page {p}</title></head>"
                                  f"<body><h1>Page {p}</h1><table>{rows}</table></body></html>")


class Crawler:
    def __init__(self):
        self.titles = {}
        self.links = 0

    def visit(self, url, html):
        from bs4 import BeautifulSoup
        soup = BeautifulSoup(html, "lxml")
        self.links += len(soup.find_all("a"))
        self.titles[url] = self.title(soup)

    def title(self, soup):
        return soup.title.string


class TextCrawler(Crawler):
    def title(self, soup):
        return str(soup.title.string)


@case('44 NavigableString keeps the parse tree')
class _:
    def setup(): import bs4, lxml.etree
    def bad():
        crawler = Crawler()
        for url, html in pages(45):
            crawler.visit(url, html)
        return crawler
    def good():
        crawler = TextCrawler()
        for url, html in pages(45):
            crawler.visit(url, html)
        return crawler


if __name__ == "__main__":
    kept = run()
