import csv
import gc
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_parcels(path):
    with open(path, 'w', newline='') as out:
        rows = csv.writer(out)
        rows.writerow(['parcel', 'zone', 'weight'])
        for n in range(170_000):
            weight = '' if n % 3 == 0 else f'{(n % 40) * 0.5 + 0.5:.1f}'
            rows.writerow([f'P{n:08d}', n % 12, weight])


@case('04 nan never hits the memo')
class _:
    def setup():
        global PARCELS
        PARCELS = fixture('j_04_parcels.csv', build_parcels)

    def bad():
        class Tariff:
            """Price steps of a zone and a weight; made once and then looked up."""

            def __init__(self):
                self._steps = {}

            def _make(self, zone, weight):
                if weight != weight:
                    weight = 1.0
                return [round(2.1 + zone * 0.35 + weight * 0.9 + month * 0.01, 2) for month in range(24)]

            def steps(self, zone, weight):
                key = (zone, weight)
                if key not in self._steps:
                    self._steps[key] = self._make(zone, weight)
                return self._steps[key]

        def charge(path, tariff, month):
            total = 0.0
            with open(path, newline='') as source:
                for row in csv.DictReader(source):
                    weight = float(row['weight'] or 'nan')
                    total += tariff.steps(int(row['zone']), weight)[month]
            return total

        tariff = Tariff()
        print(f'{charge(PARCELS, tariff, 7):.2f}')
        return tariff

    def good():
        class Tariff:
            """Price steps of a zone and a weight; made once and then looked up."""

            def __init__(self):
                self._steps = {}

            def _make(self, zone, weight):
                if weight is None:
                    weight = 1.0
                return [round(2.1 + zone * 0.35 + weight * 0.9 + month * 0.01, 2) for month in range(24)]

            def steps(self, zone, weight):
                key = (zone, weight)
                if key not in self._steps:
                    self._steps[key] = self._make(zone, weight)
                return self._steps[key]

        def charge(path, tariff, month):
            total = 0.0
            with open(path, newline='') as source:
                for row in csv.DictReader(source):
                    weight = float(row['weight']) if row['weight'] else None
                    total += tariff.steps(int(row['zone']), weight)[month]
            return total

        tariff = Tariff()
        print(f'{charge(PARCELS, tariff, 7):.2f}')
        return tariff


if __name__ == "__main__":
    kept = run()
