"""Revenue per shop and the busiest hour, from the till journal of a year."""
import numpy as np
import pandas as pd

from harness import case, fixture, run


def build(path):
    rng = np.random.default_rng(17)
    with open(path, "w") as out:
        for part in range(16):
            n = 100_000
            pd.DataFrame({
                "shop": rng.integers(1, 60, n), "hour": rng.integers(7, 21, n),
                "quantity": rng.integers(1, 6, n), "price_cents": rng.integers(50, 9000, n),
                "discount_cents": rng.integers(0, 50, n),
            }).to_csv(out, index=False, header=part == 0)


class Report:
    def __init__(self):
        self.by_shop = pd.Series(dtype="int64")
        self.by_hour = pd.Series(dtype="int64")
        self.lines = 0

    def add(self, sales):
        revenue = sales["quantity"] * (sales["price_cents"] - sales["discount_cents"])
        self.by_shop = self.by_shop.add(revenue.groupby(sales["shop"]).sum(), fill_value=0)
        self.by_hour = self.by_hour.add(revenue.groupby(sales["hour"]).sum(), fill_value=0)
        self.lines += len(sales)

    def show(self):
        print(f"{self.lines} lines, {int(self.by_shop.sum()) / 100:.2f} EUR, "
              f"best shop {self.by_shop.idxmax()}, busiest hour {self.by_hour.idxmax()}")


def yearly(path):
    report = Report()
    sales = pd.read_csv(path)
    report.add(sales)
    report.show()


def yearly_report(path):
    report = Report()
    with pd.read_csv(path, chunksize=50_000) as parts:
        for sales in parts:
            report.add(sales)
    report.show()


@case("ab 17 revenue report")
class _:
    def bad():
        yearly(fixture("ab_17_journal.csv", build))

    def good():
        yearly_report(fixture("ab_17_journal.csv", build))


if __name__ == "__main__":
    kept = run()
