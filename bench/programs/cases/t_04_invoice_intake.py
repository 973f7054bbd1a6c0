"""Supplier invoice intake: parses a feed of XML invoices and keeps a ledger of what came in."""
import os
import random
import sys
import tempfile
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
FEED = os.path.join(tempfile.gettempdir(), "memory-cases", "uu-invoices.feed")


def write_feed(path):
    rng = random.Random(404)
    with open(path + ".tmp", "w") as out:
        for n in range(300):
            rows = []
            for k in range(rng.randint(250, 450)):
                rows.append(f'<Line no="{k}" tax="{rng.choice(["S", "R", "Z"])}"><Sku>{rng.getrandbits(44):011x}</Sku>'
                            f"<Text>{rng.choice(['Bolt', 'Washer', 'Panel', 'Cable', 'Relay'])} {rng.randint(1, 9999)}</Text>"
                            f"<Qty>{rng.randint(1, 60)}</Qty><Net>{rng.randint(50, 90000) / 100:.2f}</Net></Line>")
            out.write(f"<Invoice><Header><Number>INV-{rng.randint(10**7, 10**8)}</Number>"
                      f"<Supplier>SUP{rng.randint(1, 90):04d}</Supplier>"
                      f"<Currency>{rng.choice(['EUR', 'USD', 'GBP', 'SEK'])}</Currency></Header>"
                      f"<Lines>{''.join(rows)}</Lines></Invoice>\n")
    os.rename(path + ".tmp", path)


def ensure_feed():
    os.makedirs(os.path.dirname(FEED), exist_ok=True)
    if not os.path.exists(FEED):
        pid = os.fork()
        if pid == 0:
            write_feed(FEED)
            os._exit(0)
        os.waitpid(pid, 0)


NUMBER = "/Invoice/Header/Number/text()"
SUPPLIER = "/Invoice/Header/Supplier/text()"
CURRENCY = "/Invoice/Header/Currency/text()"


class Fields:
    """Named lookups into an invoice document."""

    def __init__(self):
        self.compiled = {}

    def expression_bad(self, path):
        if path not in self.compiled:
            self.compiled[path] = etree.XPath(path)
        return self.compiled[path]

    def expression_good(self, path):
        if path not in self.compiled:
            self.compiled[path] = etree.XPath(path, smart_strings=False)
        return self.compiled[path]

    def first(self, root, path):
        expression = self.expression_bad(path) if ARM == "bad" else self.expression_good(path)
        found = expression(root)
        if not found:
            raise ValueError(f"missing {path}")
        return found[0]


@dataclass(slots=True)
class LedgerEntry:
    number: str
    supplier: str
    currency: str
    net: Decimal
    lines: int


class Intake:
    def __init__(self):
        self.fields = Fields()
        self.entries = {}
        self.duplicates = 0

    def parse(self, text):
        root = etree.fromstring(text)
        net, count = Decimal(0), 0
        for line in root.iterfind("Lines/Line"):
            net += Decimal(line.findtext("Net")) * int(line.findtext("Qty"))
            count += 1
        return LedgerEntry(self.fields.first(root, NUMBER), self.fields.first(root, SUPPLIER),
                           self.fields.first(root, CURRENCY), net, count)

    def accept(self, text):
        entry = self.parse(text)
        if entry.number in self.entries:
            self.duplicates += 1
            return
        self.entries[entry.number] = entry

    def by_currency(self):
        totals = {}
        for entry in self.entries.values():
            totals[str(entry.currency)] = totals.get(entry.currency, Decimal(0)) + entry.net
        return totals


def main():
    ensure_feed()
    intake = Intake()
    with open(FEED, "rb") as feed:
        for document in feed:
            intake.accept(document)
    totals = " ".join(f"{cur}={net}" for cur, net in sorted(intake.by_currency().items()))
    suppliers = len({entry.supplier for entry in intake.entries.values()})
    print(f"invoices={len(intake.entries)} duplicates={intake.duplicates} suppliers={suppliers} {totals}")
    return intake


if __name__ == "__main__":
    SERVER = main()
