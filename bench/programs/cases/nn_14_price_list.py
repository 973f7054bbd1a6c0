import time
import warnings

from openpyxl import Workbook, load_workbook

from harness import case, fixture, run

warnings.simplefilter("ignore")


def build(path):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("prices")
    for row in range(11_000):
        sheet.append(["item-%d" % row, "group %d" % (row % 40)] + [row * 10 + c for c in range(14)])
    with open(path, "wb") as f:
        book.save(f)


def cheapest(book):
    groups = {}
    for row in book["prices"].iter_rows(values_only=True):
        name, group, prices = row[0], row[1], row[2:]
        best = groups.get(group)
        if best is None or min(prices) < best[1]:
            groups[group] = name, min(prices)
    return groups


def summarise(**options):
    book = load_workbook(fixture("nn_14_prices.xlsx", build), **options)
    groups = cheapest(book)
    time.sleep(0.1)
    print("groups", len(groups), "sum", sum(price for _, price in groups.values()))
    return groups


@case("nn 14 price list")
class _:
    def bad():
        return summarise()

    def good():
        return summarise(read_only=True)


if __name__ == "__main__":
    kept = run()
