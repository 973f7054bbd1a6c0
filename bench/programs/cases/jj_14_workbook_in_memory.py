import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def query_result(n):
    """Rows of a query, as the editor's download sends them."""
    import random
    r = random.Random(318)
    for number in range(n):
        yield [number, r.randrange(10**6), r.random(), f'customer {number % 977}', number % 13, r.random() * 100,
               'EUR', number * 3]


@case('66 workbook built whole before it is saved')
class _:
    def setup():
        import openpyxl
        book = openpyxl.Workbook(write_only=True)
        book.create_sheet('warm').append([1, 'a', .5])
        book.save(os.path.join(D, 'jj_warm.xlsx'))
        plain = openpyxl.Workbook()
        plain.active.append([1, 'a', .5])
        plain.save(os.path.join(D, 'jj_warm.xlsx'))
    def bad():
        import openpyxl
        book = openpyxl.Workbook()
        sheet = book.active
        written = 0
        for row in query_result(30_000):
            sheet.append(row)
            written += 1
        book.save(os.path.join(D, 'jj_export_%d.xlsx' % os.getpid()))
        os.unlink(os.path.join(D, 'jj_export_%d.xlsx' % os.getpid()))
        return written
    def good():
        import openpyxl
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        written = 0
        for row in query_result(30_000):
            sheet.append(row)
            written += 1
        book.save(os.path.join(D, 'jj_export_%d.xlsx' % os.getpid()))
        os.unlink(os.path.join(D, 'jj_export_%d.xlsx' % os.getpid()))
        return written


if __name__ == "__main__":
    kept = run()
