"""Vendor catalogue import: XML price lists are read one by one, a directory of headlines remains."""
import os
import random
import sys
import tempfile
from lxml import etree

DIR = os.path.join(tempfile.gettempdir(), "memory-cases")
VENDORS, ITEMS = 32, 3000
NOUNS = ["drill", "lamp", "bracket", "valve", "sensor", "hinge", "pump", "relay", "gasket", "filter"]
ADJECTIVES = ["compact", "heavy", "sealed", "brass", "quiet", "modular", "twin", "galvanised"]


def vendor_path(number):
    return os.path.join(DIR, "tt-vendor3k-%02d.xml" % number)


def write_vendor(number):
    rng = random.Random(900 + number)
    with open(vendor_path(number) + ".part", "w") as out:
        out.write("<catalogue><vendor id='%d'><name>Supplier %s Ltd</name></vendor>\n"
                  % (number, rng.choice("ABCDEFGH") + str(rng.randrange(10 ** 5))))
        for i in range(ITEMS):
            out.write("<item sku='%d-%05d'><title>%s %s %d</title><price cur='EUR'>%.2f</price>"
                      "<stock>%d</stock><ean>%013d</ean></item>\n"
                      % (number, i, rng.choice(ADJECTIVES), rng.choice(NOUNS), rng.randrange(9999),
                         rng.random() * 400, rng.randrange(800), rng.randrange(10 ** 13)))
        out.write("</catalogue>\n")
    os.rename(vendor_path(number) + ".part", vendor_path(number))


def prepare():
    os.makedirs(DIR, exist_ok=True)
    pid = os.fork()
    if pid == 0:
        for number in range(VENDORS):
            if not os.path.exists(vendor_path(number)):
                write_vendor(number)
        os._exit(0)
    os.waitpid(pid, 0)


def queries_bad():
    return {
        "name": etree.XPath("/catalogue/vendor/name/text()"),
        "titles": etree.XPath("/catalogue/item[number(price) > 395]/title/text()"),
        "value": etree.XPath("sum(/catalogue/item/price)"),
    }


def queries_good():
    return {
        "name": etree.XPath("/catalogue/vendor/name/text()", smart_strings=False),
        "titles": etree.XPath("/catalogue/item[number(price) > 395]/title/text()", smart_strings=False),
        "value": etree.XPath("sum(/catalogue/item/price)"),
    }


class Extractor:
    def __init__(self, queries):
        self.queries = queries

    def one(self, tree, name):
        found = self.queries[name](tree)
        return found[0] if isinstance(found, list) else found

    def some(self, tree, name, limit):
        return self.queries[name](tree)[:limit]


class Headline:
    __slots__ = ("vendor", "premium", "value")

    def __init__(self, vendor, premium, value):
        self.vendor = vendor
        self.premium = premium
        self.value = value


class Directory:
    """Lives as long as the shop front."""

    def __init__(self, extractor):
        self.extractor = extractor
        self.headlines = {}

    def load(self, path):
        tree = etree.parse(path)
        line = Headline(self.extractor.one(tree, "name"),
                        self.extractor.some(tree, "titles", 5),
                        self.extractor.one(tree, "value"))
        self.headlines[line.vendor] = line

    def summary(self):
        words = set()
        for line in self.headlines.values():
            for title in line.premium:
                words.update(title.split())
        return len(self.headlines), len(words), round(sum(l.value for l in self.headlines.values()), 2)


def main(arm):
    prepare()
    directory = Directory(Extractor(queries_bad() if arm == "bad" else queries_good()))
    for number in range(VENDORS):
        directory.load(vendor_path(number))
    print("vendors %d words %d value %.2f" % directory.summary())
    return directory


if __name__ == "__main__":
    STATE = main(sys.argv[1])
