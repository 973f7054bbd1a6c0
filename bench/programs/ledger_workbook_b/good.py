"""Sum up a ledger that arrives as an Excel workbook."""
import os
import tempfile
from collections import defaultdict

from openpyxl import Workbook, load_workbook

COLUMNS = ["booking", "account", "cost_centre", "currency", "net", "tax", "gross",
           "quarter", "clerk", "reversed"]
N_ROWS = 11_500


def export_row(i):
    net = (i * 7919) % 100_000
    tax = net // 5
    return [f"B{i:07d}", 4000 + i % 61, f"CC-{i % 37:03d}", "EUR" if i % 9 else "USD",
            net, tax, net + tax, 1 + i % 4, f"clerk{i % 23}", 1 if i % 211 == 0 else 0]


def write_export(path):
    """What the bookkeeping system does every month."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("ledger")
    sheet.append(COLUMNS)
    for i in range(N_ROWS):
        sheet.append(export_row(i))
    book.save(path)


def iter_bookings(path):
    book = load_workbook(path, data_only=True, read_only=True)
    try:
        rows = book["ledger"].iter_rows(values_only=True)
        header = next(rows)
        for values in rows:
            yield dict(zip(header, values))
    finally:
        book.close()


def summarise(bookings):
    by_account = defaultdict(int)
    by_quarter = defaultdict(int)
    reversed_count = 0
    for b in bookings:
        if b["reversed"]:
            reversed_count += 1
            continue
        by_account[b["account"]] += b["gross"]
        by_quarter[(b["quarter"], b["currency"])] += b["net"]
    return by_account, by_quarter, reversed_count


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "ledger.xlsx")
        write_export(path)
        by_account, by_quarter, reversed_count = summarise(iter_bookings(path))
    print("reversed", reversed_count)
    for account, gross in sorted(by_account.items(), key=lambda kv: (-kv[1], kv[0]))[:5]:
        print(account, gross)
    for key in sorted(by_quarter):
        print(*key, by_quarter[key])


if __name__ == "__main__":
    main()
