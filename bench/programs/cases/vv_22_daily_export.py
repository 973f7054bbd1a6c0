import gzip
import os
import tempfile
import zlib

import numpy as np
import pandas as pd

from harness import case, run

ROWS = 110_000
TARIFFS = [f"tariff {k:02d}: " + "household supply with a night rate, prices per kilowatt hour as published " * 3
           for k in range(40)]


def readings():
    rng = np.random.default_rng(81)
    return pd.DataFrame({
        "meter": rng.integers(100_000, 999_999, ROWS, dtype=np.int32),
        "watt_hours": rng.integers(0, 4_000_000, ROWS, dtype=np.int32),
        "tariff": pd.Categorical.from_codes(rng.integers(0, 40, ROWS, dtype=np.int8), TARIFFS),
    })


def report(path):
    crc, lines = 0, 0
    with gzip.open(path) as body:
        while block := body.read(1 << 18):
            crc = zlib.crc32(block, crc)
            lines += block.count(b"\n")
    print("lines", lines, "crc", f"{crc:08x}")


@case("vv 22 export of meter readings")
class _:
    def bad():
        frame = readings()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "readings.csv.gz")
            text = frame.to_csv(index=False)
            with open(path, "wb") as out:
                out.write(gzip.compress(text.encode(), compresslevel=1))
            report(path)

    def good():
        frame = readings()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "readings.csv.gz")
            frame.to_csv(path, index=False, compression={"method": "gzip", "compresslevel": 1})
            report(path)


if __name__ == "__main__":
    kept = run()
