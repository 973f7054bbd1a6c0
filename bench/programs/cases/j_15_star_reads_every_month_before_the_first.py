import csv
import gc
import itertools
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def month_builder(month):
    def build(path):
        with open(path, 'w', newline='') as out:
            rows = csv.writer(out)
            for n in range(16_000):
                rows.writerow([f'2025-{month:02d}-{n % 28 + 1:02d}', f'till {n % 41:03d}', f'article {n * 7 % 9973:05d}',
                               n % 6 + 1, f'{(n * 13 % 4000) / 100:.2f}'])
    return build


@case('15 star reads every month before the first')
class _:
    def setup():
        global MONTHS
        MONTHS = [fixture(f'j_15_sales_{month:02d}.csv', month_builder(month)) for month in range(1, 13)]

    def bad():
        def read_month(path):
            with open(path, newline='') as source:
                return sorted(csv.reader(source), key=lambda row: row[0])

        def best_tills(paths):
            turnover = {}
            for day, till, article, pieces, price in itertools.chain(*[read_month(path) for path in paths]):
                turnover[till] = turnover.get(till, 0.0) + int(pieces) * float(price)
            return sorted(turnover.items(), key=lambda item: -item[1])[:3]

        best = best_tills(MONTHS)
        print(', '.join(f'{till} {amount:.2f}' for till, amount in best))
        return best

    def good():
        def read_month(path):
            with open(path, newline='') as source:
                return sorted(csv.reader(source), key=lambda row: row[0])

        def best_tills(paths):
            turnover = {}
            for day, till, article, pieces, price in itertools.chain.from_iterable(map(read_month, paths)):
                turnover[till] = turnover.get(till, 0.0) + int(pieces) * float(price)
            return sorted(turnover.items(), key=lambda item: -item[1])[:3]

        best = best_tills(MONTHS)
        print(', '.join(f'{till} {amount:.2f}' for till, amount in best))
        return best


if __name__ == "__main__":
    kept = run()
