"""Writes the order table as JSON lines for the warehouse's importer."""
import json
import tempfile
import zlib

import numpy as np
import pandas as pd

from harness import case, fixture, run

ROWS = 260_000


def build(path):
    rng = np.random.default_rng(3)
    pd.DataFrame({
        "order": np.arange(ROWS) + 10_000,
        "customer": rng.integers(0, 40_000, ROWS),
        "sku": rng.integers(0, 5000, ROWS),
        "quantity": rng.integers(1, 40, ROWS),
        "price": rng.uniform(1, 90, ROWS).round(2),
        "weight": rng.uniform(0.1, 20, ROWS).round(3),
        "depot": rng.integers(0, 30, ROWS),
        "slot": rng.integers(0, 900, ROWS),
    }).to_csv(path, index=False)


def load(path):
    return pd.read_csv(path, dtype={"quantity": "int32", "depot": "int32", "slot": "int32",
                                    "sku": "int32", "customer": "int32"})


class LineWriter:
    def __init__(self, out):
        self.out = out
        self.lines = 0
        self.checksum = 0

    def write(self, record):
        line = json.dumps(record).encode() + b"\n"
        self.checksum = zlib.crc32(line, self.checksum)
        self.lines += 1
        self.out.write(line)


def export(frame, out):
    writer = LineWriter(out)
    for record in frame.to_dict("records"):
        writer.write(record)
    return writer


def export_rows(frame, out):
    writer = LineWriter(out)
    names = list(frame.columns)
    for row in frame.itertuples(index=False, name=None):
        writer.write(dict(zip(names, row)))
    return writer


def job(write):
    frame = load(fixture("ac_07_orders.csv", build))
    with tempfile.TemporaryFile() as out:
        writer = write(frame, out)
    print(f"{writer.lines} lines, checksum {writer.checksum:08x}")


@case("ac 07 order export")
class _:
    def bad():
        job(export)

    def good():
        job(export_rows)


if __name__ == "__main__":
    kept = run()
