from dataclasses import dataclass, field
from datetime import date, timedelta

from openpyxl import Workbook, load_workbook

from harness import case, fixture, run

HEADER = ["article", "store", "counted", "stock", "minimum", "price", "shelf", "remark"]


def build(path):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("stock")
    sheet.append(HEADER)
    for n in range(20_000):
        counted = date(2024, 1, 1) + timedelta(days=n % 300)
        sheet.append(
            [100_000 + n, n % 23, counted.isoformat(), n * 31 % 400, 40 + n % 9,
             n % 977 / 10, f"R{n % 60}-{n % 7}", "recount" if n % 50 == 0 else None]
        )
    with open(path, "wb") as file:
        book.save(file)


@dataclass
class Shortages:
    value: float = 0.0
    by_store: dict = field(default_factory=dict)

    def add(self, row):
        _article, store, _counted, stock, minimum, price, *_rest = row
        if stock < minimum:
            self.value += (minimum - stock) * price
            self.by_store[store] = self.by_store.get(store, 0) + 1


def find_shortages(path):
    shortages = Shortages()
    sheet = load_workbook(path)["stock"]
    for row in sheet.iter_rows(min_row=2, values_only=True):
        shortages.add(row)
    return shortages


def find_shortages_streamed(path):
    shortages = Shortages()
    book = load_workbook(path, read_only=True)
    for row in book["stock"].iter_rows(min_row=2, values_only=True):
        shortages.add(row)
    book.close()
    return shortages


def report(shortages):
    print(f"to order for {shortages.value:.2f}")
    print(sorted(shortages.by_store.items(), key=lambda pair: (-pair[1], pair[0]))[:4])
    return shortages


@case("pp 17 stock sheet")
class _:
    def setup():
        _.path = fixture("pp_stock.xlsx", build)

    def bad():
        return report(find_shortages(_.path))

    def good():
        return report(find_shortages_streamed(_.path))


if __name__ == "__main__":
    kept = run()
