"""Reads a supplier's XML feed and adds up the stock per category."""
from lxml import etree

from harness import case, fixture, run


def build(path):
    with open(path, "w") as out:
        out.write('<?xml version="1.0"?>\n<feed>\n')
        for n in range(60_000):
            out.write(f'<product id="{n}"><title>Product {n} of the season</title>'
                      f'<category>category {n % 37}</category><stock>{n * 13 % 90}</stock>'
                      f'<price currency="EUR">{n % 9973 / 100:.2f}</price>'
                      f'<images><image href="/img/{n}/1.jpg"/><image href="/img/{n}/2.jpg"/></images>'
                      f'<description>Made with care for those who like number {n}</description>'
                      '</product>\n')
        out.write("</feed>\n")


class StockByCategory:
    def __init__(self):
        self.stock = {}
        self.products = 0
        self.worth_cents = 0

    def add(self, product):
        stock = int(product.findtext("stock"))
        category = product.findtext("category")
        self.stock[category] = self.stock.get(category, 0) + stock
        self.worth_cents += stock * round(float(product.findtext("price")) * 100)
        self.products += 1

    def report(self):
        best = max(self.stock, key=lambda c: (self.stock[c], c))
        print(f"{self.products} products worth {self.worth_cents / 100:.2f}, most in {best}")


def read_feed(path, totals):
    for _, product in etree.iterparse(path, events=("end",), tag="product"):
        totals.add(product)


def scan_feed(path, totals):
    for _, product in etree.iterparse(path, events=("end",), tag="product"):
        totals.add(product)
        product.clear()
        while product.getprevious() is not None:
            del product.getparent()[0]


@case("ab 13 product feed")
class _:
    def bad():
        totals = StockByCategory()
        read_feed(fixture("ab_13_feed.xml", build), totals)
        totals.report()

    def good():
        totals = StockByCategory()
        scan_feed(fixture("ab_13_feed.xml", build), totals)
        totals.report()


if __name__ == "__main__":
    kept = run()
