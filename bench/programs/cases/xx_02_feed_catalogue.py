"""Harvests product feeds, one XML document a line, and keeps a catalogue of their headings."""
import random

from lxml import etree

from harness import case, fixture, run

WORDS = "steel oak linen brass cotton glass wool copper maple slate cork velvet".split()


def build_feeds(path):
    rng = random.Random(2)
    with open(path, "w") as out:
        for feed in range(900):
            items = []
            for n in range(110):
                text = " ".join(rng.choices(WORDS, k=14))
                items.append(
                    f'<item id="{feed}-{n}"><name>{rng.choice(WORDS)} {n}</name>'
                    f'<price currency="EUR">{rng.randint(1, 999)}</price><text>{text}</text></item>')
            out.write(f'<feed><title>Shop {feed} {rng.choice(WORDS)}</title>'
                      f'<updated>2024-0{rng.randint(1, 9)}-11</updated>{"".join(items)}</feed>\n')


class Catalogue:
    def __init__(self, title_path, date_path):
        self.title_path = title_path
        self.date_path = date_path
        self.entries = []
        self.revenue = 0

    def add(self, document):
        root = etree.fromstring(document)
        title = self.title_path(root)[0]
        updated = self.date_path(root)[0]
        self.revenue += sum(int(price.text) for price in root.iterfind("item/price"))
        self.entries.append((title, updated))

    def newest(self):
        return max(self.entries, key=lambda entry: (entry[1], entry[0]))


def harvest(catalogue, path):
    with open(path, "rb") as feeds:
        for line in feeds:
            catalogue.add(line)
    title, updated = catalogue.newest()
    print(f"{len(catalogue.entries)} feeds, newest {title} of {updated}, value {catalogue.revenue}")
    return catalogue


@case("xx 02 feed catalogue")
class _:
    def setup():
        fixture("xx_02_feeds.txt", build_feeds)

    def bad():
        catalogue = Catalogue(etree.XPath("/feed/title/text()"), etree.XPath("/feed/updated/text()"))
        return harvest(catalogue, fixture("xx_02_feeds.txt", build_feeds))

    def good():
        catalogue = Catalogue(
            etree.XPath("/feed/title/text()", smart_strings=False),
            etree.XPath("/feed/updated/text()", smart_strings=False))
        return harvest(catalogue, fixture("xx_02_feeds.txt", build_feeds))


if __name__ == "__main__":
    kept = run()
