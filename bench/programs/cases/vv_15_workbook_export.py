import os
import random
import tempfile

from openpyxl import Workbook

from harness import case, run

ROWS = 16_000


def orders():
    rng = random.Random(17)
    for k in range(ROWS):
        price = rng.randrange(100, 90_000) / 100
        count = rng.randrange(1, 40)
        yield [k, rng.randrange(4000), count, price, round(price * count, 2)]


def export(book, sheet):
    total = 0.0
    sheet.append(["order", "customer", "count", "price", "total"])
    for row in orders():
        sheet.append(row)
        total += row[-1]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "orders.xlsx")
        book.save(path)
        kilobytes = os.path.getsize(path) // 1024
    print("rows", ROWS, "turnover", f"{total:.2f}", "file is over 300 kB:", kilobytes > 300)


@case("vv 15 workbook of orders")
class _:
    def bad():
        book = Workbook()
        sheet = book.active
        sheet.title = "orders"
        export(book, sheet)

    def good():
        book = Workbook(write_only=True)
        sheet = book.create_sheet("orders")
        export(book, sheet)


if __name__ == "__main__":
    kept = run()
