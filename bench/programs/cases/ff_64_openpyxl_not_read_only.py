import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def book(path):
    import openpyxl
    wb = openpyxl.Workbook(write_only=True)
    ws = wb.create_sheet("stock")
    for i in range(12_000):
        ws.append([i, f"part {i}", f"bin {i % 83}"] + [(i * k * 31 % 1009) / 4 for k in range(1, 8)])
    wb.save(path)


@case('64 openpyxl loads all cells to sum one column')
class _:
    def setup(): import openpyxl

    def bad():
        import openpyxl
        wb = openpyxl.load_workbook(fixture("e6_stock.xlsx", book))
        total = 0.0
        for row in wb["stock"].iter_rows(min_col=4, max_col=4, values_only=True):
            total += row[0]
        return total

    def good():
        import openpyxl
        wb = openpyxl.load_workbook(fixture("e6_stock.xlsx", book), read_only=True)
        total = 0.0
        for row in wb["stock"].iter_rows(min_col=4, max_col=4, values_only=True):
            total += row[0]
        wb.close()
        return total


if __name__ == "__main__":
    kept = run()
