import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


import logging


def convert(row, blob):
    if row % 3:
        raise ValueError(f'row {row}: {blob[:4].hex()} is no number')
    return len(blob)


class RecentRecords(logging.Handler):
    def __init__(self):
        super().__init__(); self.records = []
    def emit(self, record):
        self.records.append(record)


class RecentLines(logging.Handler):
    def __init__(self):
        super().__init__(); self.lines = []
    def emit(self, record):
        self.lines.append(self.format(record))


def ingest(h):
    log = logging.getLogger('ingest'); log.propagate = False; log.addHandler(h)
    total = 0
    for row in range(450):
        blob = os.urandom(300_000)
        try: total += convert(row, blob)
        except ValueError: log.exception('row %d skipped', row)
    return h, total


@case('10b log records kept with their exc_info')
class _:
    def bad():
        return ingest(RecentRecords())
    def good():
        return ingest(RecentLines())


if __name__ == "__main__":
    kept = run()
