import tempfile
import xml.etree.ElementTree as ET
from zlib import crc32

from harness import case, run


def goods(count):
    for number in range(count):
        yield f"A{number:07d}", f"Article {number * 13 % 70_001}", number * 29 % 50_000 / 100


def entry(code, name, price):
    item = ET.Element("item", id=code)
    ET.SubElement(item, "name").text = name
    ET.SubElement(item, "price", currency="EUR").text = f"{price:.2f}"
    return item


class Feed:
    """Writes the shop's goods in the form that the price engines fetch."""

    def __init__(self, out):
        self.out = out

    def write(self, goods):
        feed = ET.Element("feed")
        for article in goods:
            feed.append(entry(*article))
        ET.ElementTree(feed).write(self.out, encoding="unicode")


class PiecewiseFeed(Feed):
    def write(self, goods):
        self.out.write("<feed>")
        for article in goods:
            ET.ElementTree(entry(*article)).write(self.out, encoding="unicode")
        self.out.write("</feed>")


def publish(kind):
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        kind(out).write(goods(70_000))
        size = out.tell()
        out.seek(0)
        check = 0
        while piece := out.read(65_536):
            check = crc32(piece.encode(), check)
    print(size, check)


@case("ss 24 shop feed")
class _:
    def bad():
        publish(Feed)

    def good():
        publish(PiecewiseFeed)


if __name__ == "__main__":
    kept = run()
