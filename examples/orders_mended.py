"""Monthly revenue by region and product line, from a CSV file of orders: chunk by chunk."""

import sys
import tempfile
from pathlib import Path

import pandas as pd
from orders import COLUMNS, make_orders


def monthly(path: Path) -> pd.DataFrame:
    """Revenue by month, region and product line; never more than one chunk in memory."""
    parts = []
    for chunk in pd.read_csv(path, usecols=COLUMNS, chunksize=20_000):
        chunk["revenue"] = chunk.quantity * chunk.price * (100 - chunk.discount) / 100
        chunk["month"] = chunk.day.str.slice(0, 7)
        parts.append(chunk.groupby(["month", "region", "line"], as_index=False).revenue.sum())
    return pd.concat(parts).groupby(["month", "region", "line"], as_index=False).revenue.sum()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 700_000
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "orders.csv"
        make_orders(path, count)
        report = monthly(path)
    print(f"{len(report)} rows, revenue {report.revenue.sum():.2f}")


if __name__ == "__main__":
    main()
