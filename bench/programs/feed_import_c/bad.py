"""Import a shop's XML product feed and total the stock per brand."""
import tempfile
import xml.etree.ElementTree as ET
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

N_OFFERS = 60_000
BRANDS = ("Acme", "Borealis", "Cetus", "Dorado", "Eridanus")


def write_feed(path):
    with open(path, "w", encoding="utf-8") as out:
        out.write("<feed><offers>\n")
        for n in range(N_OFFERS):
            out.write(
                f'<offer id="{n}"><title>Article number {n}</title>'
                f"<brand>{BRANDS[n % 5]}</brand><price>{n % 900 + 0.5}</price>"
                f"<stock>{n * 13 % 37}</stock></offer>\n"
            )
        out.write("</offers></feed>\n")


@dataclass(slots=True)
class Offer:
    offer_id: int
    brand: str
    price: float
    stock: int

    @classmethod
    def from_element(cls, elem):
        return cls(
            int(elem.get("id")),
            elem.findtext("brand"),
            float(elem.findtext("price")),
            int(elem.findtext("stock")),
        )


def read_offers(path):
    for _, elem in ET.iterparse(path, events=("end",)):
        if elem.tag == "offer":
            yield Offer.from_element(elem)


def summarise(offers):
    units, worth = defaultdict(int), defaultdict(float)
    for offer in offers:
        units[offer.brand] += offer.stock
        worth[offer.brand] += offer.stock * offer.price
    return {brand: (units[brand], worth[brand]) for brand in sorted(units)}


def main():
    with tempfile.TemporaryDirectory() as tmp:
        feed = Path(tmp) / "feed.xml"
        write_feed(feed)
        table = summarise(read_offers(feed))
    for brand, (units, worth) in table.items():
        print(f"{brand:10s} {units:8d} {worth:14.2f}")


if __name__ == "__main__":
    main()
