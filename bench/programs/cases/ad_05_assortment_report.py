"""Assortment report of a retail chain: units and turnover per store, article and channel."""
import numpy as np
import pandas as pd

from harness import case, run

STORES, ARTICLES, CHANNELS = 420, 1_900, ["counter", "click", "phone"]
RECEIPT_LINES = 120_000


class ReceiptLines:
    def __init__(self, count, seed=11):
        self.count = count
        self.rng = np.random.default_rng(seed)

    def frame(self):
        rng = self.rng
        store = rng.integers(0, STORES, self.count)
        article = (store * 7 + rng.integers(0, 24, self.count)) % ARTICLES
        return pd.DataFrame({
            "store": pd.Categorical.from_codes(store, [f"S{n:03d}" for n in range(STORES)]),
            "article": pd.Categorical.from_codes(article, [f"A{n:05d}" for n in range(ARTICLES)]),
            "channel": pd.Categorical.from_codes(rng.integers(0, 3, self.count), CHANNELS),
            "units": rng.integers(1, 9, self.count),
            "cents": rng.integers(99, 4_000, self.count),
        })


class AssortmentReport:
    keys = ["store", "article", "channel"]
    grouping = {"observed": False}

    def __init__(self, lines):
        self.lines = lines

    def totals(self):
        grouped = self.lines.groupby(self.keys, **self.grouping)
        sums = grouped[["units", "cents"]].sum()
        return sums[sums["units"] > 0]

    def text(self):
        totals = self.totals()
        best = totals["cents"].idxmax()
        return (f"{len(totals)} sold combinations, {totals['units'].sum()} units, "
                f"{totals['cents'].sum() / 100:.2f} turnover, best {'/'.join(best)}")


class SoldAssortmentReport(AssortmentReport):
    grouping = {"observed": True}


def publish(report):
    print(report(ReceiptLines(RECEIPT_LINES).frame()).text())


@case("ad 05 assortment report")
class _:
    def bad():
        publish(AssortmentReport)

    def good():
        publish(SoldAssortmentReport)


if __name__ == "__main__":
    kept = run()
