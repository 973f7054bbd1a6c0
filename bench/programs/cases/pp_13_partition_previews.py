import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from harness import case, fixture, run

PREVIEW = 12
HEAD = pa.array(range(PREVIEW))


def build(path):
    rng = np.random.default_rng(13)
    writer = None
    for day in range(40):
        rows = 60_000
        table = pa.table(
            {
                "sensor": rng.integers(0, 5000, rows),
                "taken_at": np.arange(rows) + day * rows,
                "level": rng.normal(12.0, 3.0, rows),
                "flow": rng.gamma(2.0, 4.0, rows),
            }
        )
        writer = writer or pq.ParquetWriter(path, table.schema, compression="none")
        writer.write_table(table)
    writer.close()


def first_rows(table):
    return table.slice(0, PREVIEW)


def first_rows_copied(table):
    return table.take(HEAD)


class Catalogue:
    """A summary and a few sample rows of each partition, for the data browser."""

    def __init__(self, path, sample):
        self.file = pq.ParquetFile(path)
        self.sample = sample
        self.partitions = []

    def scan(self):
        for number in range(self.file.num_row_groups):
            table = self.file.read_row_group(number)
            summary = {
                "rows": table.num_rows,
                "level": round(pc.mean(table["level"]).as_py(), 3),
                "flow": round(pc.max(table["flow"]).as_py(), 3),
                "sample": self.sample(table),
            }
            self.partitions.append(summary)

    def describe(self):
        last = self.partitions[-1]
        print(len(self.partitions), "partitions, last", last["rows"], last["level"], last["flow"])
        print(last["sample"].column("sensor").to_pylist())


def browse(path, sample):
    catalogue = Catalogue(path, sample)
    catalogue.scan()
    catalogue.describe()
    return catalogue


@case("pp 13 partition previews")
class _:
    def setup():
        _.path = fixture("pp_levels.parquet", build)

    def bad():
        return browse(_.path, first_rows)

    def good():
        return browse(_.path, first_rows_copied)


if __name__ == "__main__":
    kept = run()
