from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from harness import case, fixture, run

ROWS = 600_000


def build(path):
    rng = np.random.default_rng(3)
    cents = rng.integers(100, 9_000_000, ROWS)
    amount = [Decimal(value).scaleb(-2) for value in cents.tolist()]
    table = pa.table({
        "account": pa.array(rng.integers(0, 3000, ROWS, dtype=np.int32)),
        "branch": pa.array(rng.integers(0, 60, ROWS, dtype=np.int16)),
        "amount": pa.array(amount, pa.decimal128(18, 2)),
    })
    pq.write_table(table, path)


def report(ledger: pd.DataFrame):
    print(len(ledger), "bookings")
    sums = ledger.groupby("branch")["amount"].sum()
    for branch in (0, 7, 31, 59):
        print(branch, f"{float(sums[branch]):.2f}")


@case("vv 06 frame of a ledger")
class _:
    path = None

    def setup():
        _.path = fixture("vv06_ledger.parquet", build)

    def bad():
        table = pq.ParquetFile(_.path).read()
        ledger = table.to_pandas()
        del table
        report(ledger)
        return ledger

    def good():
        table = pq.ParquetFile(_.path).read()
        where = table.schema.get_field_index("amount")
        table = table.set_column(where, "amount", table["amount"].cast(pa.float64()))
        ledger = table.to_pandas()
        del table
        report(ledger)
        return ledger


if __name__ == "__main__":
    kept = run()
