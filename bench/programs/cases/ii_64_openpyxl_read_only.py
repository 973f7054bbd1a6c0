import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build(path):
    import openpyxl, random
    r, wb = random.Random(64), openpyxl.Workbook(write_only=True)
    ws = wb.create_sheet('sales')
    for i in range(30_000):
        ws.append([i, f'region-{r.randrange(12)}', r.randrange(9000), r.random() * 100, r.random(), r.randrange(2)])
    wb.save(path)


def totals(rows):
    by_region = {}
    for _id, region, count, price, *_ in rows:
        by_region[region] = by_region.get(region, 0) + count * price
    return by_region


@case('64 load_workbook builds every cell')
class _:
    def setup():
        _.path = fixture('ii_sales.xlsx', build)
        import openpyxl
    def bad():
        import openpyxl
        wb = openpyxl.load_workbook(_.path)
        return totals(wb['sales'].iter_rows(values_only=True))
    def good():
        import openpyxl
        wb = openpyxl.load_workbook(_.path, read_only=True)
        try: return totals(wb['sales'].iter_rows(values_only=True))
        finally: wb.close()


if __name__ == "__main__":
    kept = run()
