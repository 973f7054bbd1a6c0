"""Nightly export of the bookings to an Excel file for the accountants."""
import datetime
import os
import tempfile
import zipfile

from openpyxl import Workbook

from harness import case, run

HEADER = ["id", "day", "account", "contra", "amount", "tax", "currency", "text", "cost centre", "user"]


def bookings(count):
    start = datetime.date(2024, 1, 1)
    for n in range(count):
        yield [n, (start + datetime.timedelta(days=n % 366)).isoformat(), 4000 + n % 900, 1200 + n % 70,
               n * 37 % 100_000 / 100, n % 20, "EUR", f"Booking {n} of the day", n % 45, f"user{n % 12}"]


class Export:
    def __init__(self, workbook):
        self.workbook = workbook
        self.rows = 0
        self.total_cents = 0

    def sheet(self):
        sheet = self.workbook.active or self.workbook.create_sheet()
        sheet.title = "Bookings"
        return sheet

    def write(self, rows, path):
        sheet = self.sheet()
        sheet.append(HEADER)
        for row in rows:
            sheet.append(row)
            self.rows += 1
            self.total_cents += round(row[4] * 100)
        self.workbook.save(path)

    def check(self, path):
        with zipfile.ZipFile(path) as archive:
            sound = archive.testzip() is None
        print(f"{self.rows} bookings, {self.total_cents / 100:.2f} EUR, archive sound: {sound}")


def nightly(workbook, count=22_000):
    export = Export(workbook)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "bookings.xlsx")
        export.write(bookings(count), path)
        export.check(path)


@case("ab 15 workbook export")
class _:
    def bad():
        nightly(Workbook())

    def good():
        nightly(Workbook(write_only=True))


if __name__ == "__main__":
    kept = run()
