"""Imports daily camt-like bank statements and keeps the references nobody could match."""
import glob
import os
import random
import sys
import tempfile
from collections import Counter
from decimal import Decimal

from lxml import etree

ARM = sys.argv[1]
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
INBOX = os.path.join(FOLDER, "ww-statements")
DAYS = 150


def make_inbox(folder):
    rnd = random.Random(4021)
    names = ["Acme Freight", "Nordlicht GmbH", "J. Okafor", "Bäckerei Lenz", "Stadtwerke", "M. Duarte", "Helios Clinic"]
    part = folder + ".part"
    os.makedirs(part, exist_ok=True)
    for day in range(DAYS):
        rows = ["<Document><Stmt><Id>STM-%04d</Id>" % day]
        for number in range(430):
            known = rnd.random() < 0.992
            reference = ("INV-%07d" if known else "?%09d") % rnd.randrange(10 ** 7)
            rows.append(
                "<Ntry><Amt Ccy='EUR'>%.2f</Amt><CdtDbtInd>%s</CdtDbtInd><BookgDt>2024-%02d-%02d</BookgDt>"
                "<NtryDtls><EndToEndId>%s</EndToEndId><Nm>%s %d</Nm><IBAN>DE%020d</IBAN><Ustrd>payment %x for %s</Ustrd>"
                "</NtryDtls></Ntry>" % (
                    rnd.lognormvariate(4, 1.4), rnd.choice(["CRDT", "DBIT"]), rnd.randint(1, 12), rnd.randint(1, 28),
                    reference, rnd.choice(names), rnd.randrange(900), rnd.randrange(10 ** 18),
                    rnd.getrandbits(48), reference.lower()))
        rows.append("</Stmt></Document>")
        with open(os.path.join(part, "day-%03d.xml" % day), "w", encoding="utf-8") as out:
            out.write("\n".join(rows))
    os.rename(part, folder)


def ensure(path, maker):
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(path):
        child = os.fork()
        if child == 0:
            maker(path)
            os._exit(0)
        os.waitpid(child, 0)


class Fields:
    """The compiled expressions of one statement dialect."""

    def __init__(self, reference):
        self.entries = etree.XPath("/Document/Stmt/Ntry")
        self.amount = etree.XPath("string(Amt)", smart_strings=False)
        self.sign = etree.XPath("string(CdtDbtInd)", smart_strings=False)
        self.reference = reference


def dialect_bad():
    return Fields(etree.XPath("NtryDtls/EndToEndId/text()"))


def dialect_good():
    return Fields(etree.XPath("NtryDtls/EndToEndId/text()", smart_strings=False))


DIALECT = dialect_bad() if ARM == "bad" else dialect_good()


class Matcher:
    def __init__(self):
        self.booked = Counter()
        self.open_items = {}

    def book(self, reference, amount):
        if reference.startswith("INV-"):
            self.booked[int(reference[4:]) % 97] += 1
        else:
            self.open_items[reference] = amount


class StatementImporter:
    def __init__(self, fields, matcher):
        self.fields = fields
        self.matcher = matcher
        self.balance = Decimal(0)
        self.entries = 0

    def _entry(self, node):
        amount = Decimal(self.fields.amount(node))
        if self.fields.sign(node) == "DBIT":
            amount = -amount
        return self.fields.reference(node)[0], amount

    def _document(self, path):
        tree = etree.parse(path)
        for node in self.fields.entries(tree):
            reference, amount = self._entry(node)
            self.balance += amount
            self.entries += 1
            self.matcher.book(reference, amount)

    def run(self, inbox):
        for path in sorted(glob.glob(os.path.join(inbox, "*.xml"))):
            self._document(path)


ensure(INBOX, make_inbox)
MATCHER = Matcher()
IMPORTER = StatementImporter(DIALECT, MATCHER)
IMPORTER.run(INBOX)
print("entries", IMPORTER.entries, "balance", IMPORTER.balance, "open", len(MATCHER.open_items),
      sum(MATCHER.open_items.values()))
