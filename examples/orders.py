"""Monthly revenue by region and product line, from a CSV file of orders."""

import csv
import random
import sys
import tempfile
from pathlib import Path

import pandas as pd

COLUMNS = ["day", "region", "line", "quantity", "price", "discount"]
REGIONS = ["north", "east", "south", "west", "overseas"]
LINES = ["garden", "kitchen", "office", "outdoor", "workshop", "toys"]


def make_orders(path: Path, count: int) -> None:
    """Writes a file of orders, as a shop system would export it."""
    source = random.Random(7)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["order", "day", "region", "line", "quantity", "price", "discount", "note"])
        for order in range(count):
            writer.writerow(
                [
                    order,
                    f"2025-{source.randint(1, 12):02d}-{source.randint(1, 28):02d}",
                    source.choice(REGIONS),
                    source.choice(LINES),
                    source.randint(1, 9),
                    round(source.uniform(1, 200), 2),
                    source.choice([0, 0, 0, 5, 10]),
                    f"order {order} placed by customer {source.randint(1, 40_000)}",
                ]
            )


def load(path: Path) -> pd.DataFrame:
    """The orders as they are in the file."""
    return pd.read_csv(path, usecols=COLUMNS)


def enrich(orders: pd.DataFrame) -> pd.DataFrame:
    """Adds what the report needs: revenue and month, and each region's and line's running revenue."""
    priced = orders.assign(
        revenue=orders.quantity * orders.price * (100 - orders.discount) / 100,
        month=orders.day.str.slice(0, 7),
    )
    flags = pd.get_dummies(priced[["region", "line"]], dtype=float)
    shares = flags.mul(priced.revenue, axis=0)
    running = shares.groupby(priced.day).cumsum()
    return pd.concat(
        [priced, flags, shares.add_prefix("share_"), running.add_prefix("running_")], axis=1
    )


def monthly(orders: pd.DataFrame) -> pd.DataFrame:
    """Revenue by month, region and product line."""
    return orders.groupby(["month", "region", "line"], as_index=False).revenue.sum()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 700_000
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "orders.csv"
        make_orders(path, count)
        report = monthly(enrich(load(path)))
    print(f"{len(report)} rows, revenue {report.revenue.sum():.2f}")


if __name__ == "__main__":
    main()
