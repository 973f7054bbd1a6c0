import re

from harness import case, run

OFFER = re.compile(r'data-sku="(?P<sku>[A-Z0-9-]+)"[^>]*>\s*(?P<amount>\d+\.\d\d)\s*(?P<currency>[A-Z]{3})')
PAGES = 1300
FILLER = '<li class="review">Works as described, arrived on time, would buy again.</li>\n'


def archived_pages():
    for number in range(PAGES):
        price = 5 + number % 700 / 10
        yield (f"<html><body><h1>Article {number}</h1>\n"
               f'<span class="offer" data-sku="A-{number:05d}"> {price:.2f} EUR</span>\n'
               + FILLER * 850 + "</body></html>")


class PriceArchive:
    """First offer on every archived shop page."""

    def __init__(self):
        self.offers = {}
        self.missing = 0

    def scan(self, html):
        found = OFFER.search(html)
        if found is None:
            self.missing += 1
            return
        self.remember(found)

    def remember(self, found):
        self.offers[found["sku"]] = found

    def amounts(self):
        return [float(found["amount"]) for found in self.offers.values()]


class PriceTable(PriceArchive):
    def remember(self, found):
        self.offers[found["sku"]] = float(found["amount"])

    def amounts(self):
        return self.offers.values()


def rebuild(archive):
    for html in archived_pages():
        archive.scan(html)
    print("offers", len(archive.offers), "missing", archive.missing)
    print("mean", round(sum(archive.amounts()) / len(archive.offers), 3), "max", max(archive.amounts()))
    return archive


@case("uu 13 price archive")
class _:
    def bad():
        return rebuild(PriceArchive())

    def good():
        return rebuild(PriceTable())


if __name__ == "__main__":
    kept = run()
