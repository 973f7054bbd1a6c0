"""Sums up a ledger that comes as a workbook."""
import collections
import datetime
import random

import openpyxl

from harness import CASES, D, case, fixture, run


def build(path):
    rng = random.Random(63)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("ledger")
    sheet.append(["entry", "account", "cost centre", "debit", "credit", "text"])
    for entry in range(1, 20_001):
        cents = rng.randrange(100, 10**6)
        debit = rng.random() < .5
        sheet.append([entry, rng.randrange(1000, 1400), f"cc-{rng.randrange(90)}",
                      cents / 100 if debit else 0, 0 if debit else cents / 100,
                      f"voucher {rng.randrange(800)}"])
    book.save(path)


class Ledger:
    def __init__(self, path):
        self.path = path
        self.balance = collections.defaultdict(float)
        self.by_centre = collections.Counter()
        self.entries = 0

    def lines(self):
        raise NotImplementedError

    def post(self):
        lines = self.lines()
        names = [name.replace(" ", "_") for name in next(lines)]
        line_type = collections.namedtuple("Line", names)
        for values in lines:
            line = line_type._make(values)
            self.balance[line.account] += line.debit - line.credit
            self.by_centre[line.cost_centre] += 1
            self.entries += 1
        return {account: round(sum_, 2) for account, sum_ in self.balance.items()}


class LedgerOfCells(Ledger):
    def lines(self):
        book = openpyxl.load_workbook(self.path)
        for row in book["ledger"].iter_rows(values_only=True):
            yield row


class LedgerOfRows(Ledger):
    def lines(self):
        book = openpyxl.load_workbook(self.path, read_only=True)
        try:
            yield from book["ledger"].iter_rows(values_only=True)
        finally:
            book.close()


def close_month(ledger_class):
    ledger = ledger_class(fixture("f6_ledger.xlsx", build))
    return ledger.post(), ledger.by_centre, ledger.entries


@case('63 workbook built in full to be read once')
class _:
    def setup():
        fixture("f6_ledger.xlsx", build)

    def bad():
        return close_month(LedgerOfCells)

    def good():
        return close_month(LedgerOfRows)


if __name__ == "__main__":
    kept = run()
