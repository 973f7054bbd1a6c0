"""A crawler that reads product pages and keeps name and price of each."""
from lxml import html

from harness import case, run


class Site:
    def page(self, number):
        rows = "".join(
            f"<tr class='r{i % 2}'><td>property {i}</td><td><b>{(i * number) % 613}</b> mm</td></tr>"
            for i in range(700))
        return (f"<html><head><title>Shop</title></head><body><div id='main'><h1>Product {number}</h1>"
                f"<span class='price'>{number * 7 % 300}.90</span>"
                f"<table>{rows}</table></div></body></html>")


class Selector:
    def __init__(self, text):
        self.root = html.fromstring(text)

    def xpath(self, query):
        return self.root.xpath(query)

    def first(self, query):
        found = self.xpath(query)
        return found[0] if found else None


class PlainSelector(Selector):
    def xpath(self, query):
        return self.root.xpath(query, smart_strings=False)


class Crawler:
    def __init__(self, site, selector):
        self.site = site
        self.selector = selector
        self.items = []

    def parse(self, text):
        page = self.selector(text)
        return {"name": page.first("//h1/text()"), "price": page.first("//span[@class='price']/text()"),
                "specs": len(page.xpath("//tr[td/b]")) + len(page.xpath("//td[b > 300]"))}

    def crawl(self, numbers):
        for number in numbers:
            self.items.append(self.parse(self.site.page(number)))
        return self


def shop(selector):
    crawler = Crawler(Site(), selector).crawl(range(115))
    print(len(crawler.items), round(sum(float(i["price"]) for i in crawler.items), 2),
          sum(len(i["name"]) for i in crawler.items))
    return crawler.items


@case("yy 11 product crawler")
class _:
    def bad():
        return shop(Selector)

    def good():
        return shop(PlainSelector)


if __name__ == "__main__":
    kept = run()
