"""Roll up a parquet file of sales lines per region and channel."""
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

N_GROUPS = 10
ROWS = 28_000
REGIONS = ["north", "east", "south", "west"]
CHANNELS = ["web", "store", "partner"]
SCHEMA = pa.schema(
    [
        ("region", pa.dictionary(pa.int8(), pa.string())),
        ("channel", pa.dictionary(pa.int8(), pa.string())),
        ("cents", pa.int32()),
        ("items", pa.int32()),
    ]
)


def labels(codes, names):
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int8)), pa.array(names))


def write_sales(path):
    with pq.ParquetWriter(path, SCHEMA) as writer:
        for group in range(N_GROUPS):
            rng = np.random.default_rng(group)
            columns = [
                labels(rng.integers(0, 4, ROWS), REGIONS),
                labels(rng.integers(0, 3, ROWS), CHANNELS),
                pa.array(rng.integers(100, 90_000, ROWS, dtype=np.int32)),
                pa.array(rng.integers(1, 9, ROWS, dtype=np.int32)),
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=SCHEMA))


class Rollup:
    KEYS = ["region", "channel"]

    def __init__(self, path):
        self.path = path

    def totals(self):
        table = pq.read_table(self.path)
        sums = table.group_by(self.KEYS).aggregate([("cents", "sum"), ("items", "sum")])
        return {
            (row["region"], row["channel"]): (row["cents_sum"], row["items_sum"])
            for row in sums.to_pylist()
        }

    def largest(self):
        column = pq.read_table(self.path, columns=["cents"])["cents"]
        return pc.max(column).as_py()


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = Path(tmp) / "sales.parquet"
        write_sales(path)
        rollup = Rollup(path)
        totals = rollup.totals()
        largest = rollup.largest()
    for (region, channel), (cents, items) in sorted(totals.items()):
        print(f"{region:6s} {channel:8s} {cents / 100:14.2f} {items:8d}")
    print("largest", largest)


if __name__ == "__main__":
    main()
