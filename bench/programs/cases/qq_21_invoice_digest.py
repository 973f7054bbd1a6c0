import xml.etree.ElementTree as ET
from collections import Counter
from xml.dom import minidom

from harness import case, fixture, run


def build(path):
    with open(path, "w") as out:
        out.write("<ledger>\n")
        for number in range(9_000):
            out.write(f'<invoice id="{number:06d}" country="{("DE", "FR", "NL", "PL")[number % 4]}">')
            for line in range(number % 3 + 1):
                out.write(f'<line sku="S{number * line % 700:03d}"><pieces>{line + 1}</pieces>')
                out.write(f"<cents>{(number + line) * 37 % 9_000}</cents></line>")
            out.write("</invoice>\n")
        out.write("</ledger>\n")


def number_in(line, name):
    return int(line.getElementsByTagName(name)[0].firstChild.data)


def amounts(path):
    document = minidom.parse(path)
    for invoice in document.getElementsByTagName("invoice"):
        cents = sum(
            number_in(line, "pieces") * number_in(line, "cents")
            for line in invoice.getElementsByTagName("line")
        )
        yield invoice.getAttribute("country"), cents


def amounts_in_turn(path):
    events = ET.iterparse(path, events=("start", "end"))
    _, root = next(events)
    for event, element in events:
        if event == "end" and element.tag == "invoice":
            cents = sum(int(line.findtext("pieces")) * int(line.findtext("cents")) for line in element)
            yield element.get("country"), cents
            root.clear()


def digest(source):
    totals = Counter()
    for country, cents in source:
        totals[country] += cents
    print(sorted(totals.items()))
    return totals


@case("qq 21 invoice digest")
class _:
    def setup():
        _.path = fixture("qq_ledger.xml", build)

    def bad():
        return digest(amounts(_.path))

    def good():
        return digest(amounts_in_turn(_.path))


if __name__ == "__main__":
    kept = run()
