"""Adds up a ledger that the accountants send as a workbook."""
from collections import defaultdict

from openpyxl import Workbook, load_workbook

from harness import case, fixture, run


def write_ledger(path, rows=10_500):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("ledger")
    sheet.append(["date", "account", "text", "debit", "credit", "cost centre", "voucher"])
    for n in range(rows):
        sheet.append([20240101 + n % 28, f"4{n % 60:03}", f"posting number {n}", n % 977, n % 311,
                      f"C{n % 12}", n])
    book.save(path)


class Ledger:
    def __init__(self):
        self.balance = defaultdict(int)
        self.rows = 0

    def add(self, row):
        _, account, _, debit, credit, *_ = row
        self.balance[account] += debit - credit
        self.rows += 1

    def describe(self):
        top = max(self.balance.items(), key=lambda item: (item[1], item[0]))
        return self.rows, len(self.balance), top


def read(path):
    book = load_workbook(path)
    ledger = Ledger()
    for row in book["ledger"].iter_rows(min_row=2, values_only=True):
        ledger.add(row)
    return ledger


def read_rows(path):
    book = load_workbook(path, read_only=True)
    ledger = Ledger()
    for row in book["ledger"].iter_rows(min_row=2, values_only=True):
        ledger.add(row)
    book.close()
    return ledger


def close_month(reader):
    ledger = reader(fixture("ww_24_ledger10.xlsx", write_ledger))
    print(*ledger.describe())
    return ledger


@case("ww 24 ledger sheet")
class _:
    def bad():
        return close_month(read)

    def good():
        return close_month(read_rows)


if __name__ == "__main__":
    kept = run()
