import numpy as np
import pandas as pd

from harness import case, run

STORES, PRODUCTS, WEEKS = 160, 240, 52
ROWS = 60_000


def categorical(rng, prefix, count):
    names = pd.Index([f"{prefix}{n:04d}" for n in range(count)])
    return pd.Categorical.from_codes(rng.integers(0, count, ROWS), categories=names)


def load_sales():
    rng = np.random.default_rng(5)
    return pd.DataFrame({
        "store": categorical(rng, "S", STORES),
        "product": categorical(rng, "P", PRODUCTS),
        "week": categorical(rng, "W", WEEKS),
        "units": rng.integers(1, 30, ROWS).astype("int32"),
    })


class WeeklyReport:
    """Units sold by store, product and week, as the replenishment planner wants them."""

    keys = ["store", "product", "week"]

    def __init__(self, sales):
        self.sales = sales

    def totals(self):
        return self.sales.groupby(self.keys, observed=False)["units"].sum()

    def best_sellers(self, count=3):
        totals = self.totals()
        sold = totals[totals > 0]
        top = sold.sort_values(ascending=False, kind="stable").head(count)
        return len(sold), int(sold.sum()), top.tolist()


class SparseWeeklyReport(WeeklyReport):
    def totals(self):
        return self.sales.groupby(self.keys, observed=True)["units"].sum()


def publish(report):
    lines, units, top = report.best_sellers()
    print("lines", lines)
    print("units", units)
    print("best", top)
    return lines


@case("uu 05 weekly sales")
class _:
    def bad():
        return publish(WeeklyReport(load_sales()))

    def good():
        return publish(SparseWeeklyReport(load_sales()))


if __name__ == "__main__":
    kept = run()
