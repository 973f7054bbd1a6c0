import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import csv
import io


def rows(n):
    for i in range(n):
        yield i, f'customer {i * 31 % 90_001}', i % 977 * .25, f'2024-{i % 12 + 1:02d}-{i % 28 + 1:02d}', 'paid' if i % 3 else 'open'


@case('67 CSV export built in StringIO and encoded')
class _:
    def bad():
        out = io.StringIO()
        table = csv.writer(out)
        table.writerow(['id', 'customer', 'amount', 'day', 'state'])
        table.writerows(rows(600_000))
        body = out.getvalue().encode('utf-8')
        with open(D + '/d5_export_bad.csv', 'wb') as f:
            return f.write(body)
    def good():
        with open(D + '/d5_export_good.csv', 'w', encoding='utf-8', newline='') as f:
            table = csv.writer(f)
            table.writerow(['id', 'customer', 'amount', 'day', 'state'])
            table.writerows(rows(600_000))
            return f.tell()


if __name__ == "__main__":
    kept = run()
