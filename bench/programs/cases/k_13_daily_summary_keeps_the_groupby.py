import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def sales_of(day):
    import numpy as np
    import pandas as pd
    rng = np.random.default_rng(day)
    count = 250_000
    return pd.DataFrame({
        "store": rng.integers(0, 400, count, dtype="int16"),
        "amount": rng.integers(1, 900, count) / 4,
        "vat": rng.integers(1, 90, count) / 4,
    })


@case('13 daily summary keeps the groupby')
class _:
    def setup():
        import pandas
        sales_of(0).groupby("store")["amount"].sum()

    def bad():
        class DailySummary:
            def __init__(self, sales):
                self.by_store = sales.groupby("store")
                self.revenue = self.by_store["amount"].sum()

            def mean_revenue(self):
                return self.revenue.sum() / self.by_store.ngroups

        history = []
        for day in range(20):
            history.append(DailySummary(sales_of(day)))
        print(f"best day {max(s.mean_revenue() for s in history):.2f} a store")
        return history

    def good():
        class DailySummary:
            def __init__(self, sales):
                by_store = sales.groupby("store")
                self.stores = by_store.ngroups
                self.revenue = by_store["amount"].sum()

            def mean_revenue(self):
                return self.revenue.sum() / self.stores

        history = []
        for day in range(20):
            history.append(DailySummary(sales_of(day)))
        print(f"best day {max(s.mean_revenue() for s in history):.2f} a store")
        return history


if __name__ == "__main__":
    kept = run()
