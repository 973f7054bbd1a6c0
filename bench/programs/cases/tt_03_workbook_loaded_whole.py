import openpyxl
from harness import case, fixture, run


def build(path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("ledger")
    for r in range(14_000):
        sheet.append([r * 10 + c for c in range(11)])
    with open(path, "wb") as f:
        book.save(f)


@case("tt 03 workbook loaded whole")
class _:
    def setup():
        fixture("tt03_ledger.xlsx", build)

    def bad():
        with open(fixture("tt03_ledger.xlsx", build), "rb") as f:
            book = openpyxl.load_workbook(f)
            sheet = book["ledger"]
            total = 0
            for row in sheet.iter_rows():
                total += row[2].value + row[9].value
            print(total)

    def good():
        with open(fixture("tt03_ledger.xlsx", build), "rb") as f:
            book = openpyxl.load_workbook(f, read_only=True)
            total = 0
            for row in book["ledger"].iter_rows(values_only=True):
                total += row[2] + row[9]
            print(total)


if __name__ == "__main__":
    kept = run()
