"""The monthly report on each customer's favourite product."""
import abc

import numpy as np
import pandas as pd

from harness import CASES, D, case, fixture, run


class OrderSource:
    def __init__(self, orders=60_000, customers=5_000, products=1_800, seed=59):
        self.rng = np.random.default_rng(seed)
        self.orders, self.customers, self.products = orders, customers, products

    def month(self):
        popular = self.rng.zipf(1.4, self.orders) % self.products
        return pd.DataFrame({
            "customer": self.rng.integers(0, self.customers, self.orders, dtype=np.int32),
            "product": popular.astype(np.int32),
            "amount": self.rng.gamma(2.0, 20.0, self.orders).round(2),
        })


class Report(abc.ABC):
    def __init__(self, source):
        self.source = source

    @abc.abstractmethod
    def favourites(self, orders):
        """customer -> product, amount"""

    def build(self):
        orders = self.source.month()
        table = self.favourites(orders)
        share = table["amount"] / orders.groupby("customer")["amount"].sum()
        return table.assign(share=share.round(4)).sort_values("amount", ascending=False)


class PivotReport(Report):
    def favourites(self, orders):
        grid = orders.pivot_table(index="customer", columns="product", values="amount", aggfunc="sum", fill_value=0)
        return pd.DataFrame({"product": grid.idxmax(axis=1), "amount": grid.max(axis=1)})


class LongReport(Report):
    def favourites(self, orders):
        sums = orders.groupby(["customer", "product"], sort=True)["amount"].sum().reset_index()
        best = sums.loc[sums.groupby("customer")["amount"].idxmax()]
        return best.set_index("customer")


def monthly(report_class):
    return report_class(OrderSource()).build()


@case('59 customers x products grid for a favourite')
class _:
    def bad():
        return monthly(PivotReport)

    def good():
        return monthly(LongReport)


if __name__ == "__main__":
    kept = run()
