import gc
import os
import sys

from harness import CASES, D, case, fixture, run


def sales(n):
    for i in range(n):
        yield (i, f"customer {i % 977}", i * 7 % 1000, i * 0.25, i % 12 + 1, i % 31 + 1, i * 3, i * 1.5)


HEAD = ("id", "customer", "amount", "price", "month", "day", "units", "total")


def export_sales(workbook, path, rows):
    for sheet in workbook.worksheets:
        workbook.remove(sheet)
    sheet = workbook.create_sheet("sales")
    sheet.append(HEAD)
    count = 0
    for row in sales(rows):
        sheet.append(row)
        count += 1
    workbook.save(path)
    return count


@case('49 workbook of cells built to be written once')
class _:
    def setup(): import openpyxl, lxml.etree
    def bad():
        from openpyxl import Workbook
        workbook = Workbook()
        return export_sales(workbook, os.path.join(D, "kk_sales.xlsx"), 22_000)
    def good():
        from openpyxl import Workbook
        workbook = Workbook(write_only=True)
        return export_sales(workbook, os.path.join(D, "kk_sales.xlsx"), 22_000)


if __name__ == "__main__":
    kept = run()
