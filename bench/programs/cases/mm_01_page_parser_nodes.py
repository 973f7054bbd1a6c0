import re
import time

from harness import case, run

TAG = re.compile(r"<(a|p|div) id='(\w+)' class='(\w+)'>")


def make_page(n):
    rows = []
    for i in range(600):
        tag = ("a", "p", "div")[i % 3]
        rows.append("<%s id='n%dx%d' class='c%d'>text of %d" % (tag, n, i, i % 7, i))
    return "".join(rows)


class PageParser:
    lookups = {}

    def __init__(self, url):
        self.url = url

    def count_links(self, html):
        return sum(1 for found in TAG.finditer(html) if self.node(found)["tag"] == "a")

    def node(self, found):
        tag, ident, style = found.groups()
        node = {"tag": tag, "class": style, "at": found.start()}
        self.lookups[self.url, ident] = node
        return node


class OwnPageParser(PageParser):
    def __init__(self, url):
        super().__init__(url)
        self.lookups = {}


def crawl(parser_class):
    links = 0
    for n in range(320):
        url = "https://shop.example/catalogue/%d" % n
        links += parser_class(url).count_links(make_page(n))
    time.sleep(0.2)
    print("links", links)


@case("mm 01 page parser nodes")
class _:
    def bad():
        crawl(PageParser)
        return PageParser

    def good():
        crawl(OwnPageParser)
        return OwnPageParser


if __name__ == "__main__":
    kept = run()
