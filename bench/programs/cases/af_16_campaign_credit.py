"""Gives the credit of orders to campaigns' touches: each touch of a customer weighs in on each of his orders."""
import numpy as np
import pandas as pd

from harness import case, run

CUSTOMERS = 900
CHANNELS = np.array(["mail", "search", "social", "print"])


def touches(count):
    n = np.arange(count)
    return pd.DataFrame({
        "customer": (n * 7919 + n // 11) % CUSTOMERS,
        "channel": pd.Categorical.from_codes((n * 5 + n // 7) % 4, CHANNELS),
        "weight": 1 + n * 31 % 9,
        "day": n % 365,
    })


def orders(count):
    n = np.arange(count)
    return pd.DataFrame({
        "customer": (n * 104_729 + n // 5) % CUSTOMERS,
        "amount": 500 + n * 13 % 20_000,
        "pieces": 1 + n % 6,
        "branch": n * 3 % 40,
    })


class Credit:
    """Credit of a channel: the sum over touches and orders of a customer of weight times amount."""

    def __init__(self, touches, orders):
        self.touches = touches
        self.orders = orders

    def spent(self):
        return self.orders

    def matched(self):
        return self.touches.merge(self.spent(), on="customer", how="inner")

    def by_channel(self):
        pairs = self.matched()
        pairs["credit"] = pairs["weight"] * pairs["amount"]
        return pairs.groupby("channel", observed=True)["credit"].sum()


class CustomerCredit(Credit):
    def spent(self):
        return self.orders.groupby("customer", as_index=False)["amount"].sum()


class Dashboard:
    def __init__(self, credit):
        self.credit = credit
        self.tables = {}

    def refresh(self):
        self.tables["credit"] = self.credit.by_channel()
        self.tables["branches"] = self.credit.orders.groupby("branch")["amount"].sum().nlargest(3)
        self.tables["touches"] = self.credit.touches.groupby("channel", observed=True).size()

    def show(self):
        for name, table in self.tables.items():
            for key, value in table.items():
                print(f"{name:9} {key!s:7} {int(value)}")
        total = self.tables["credit"]
        share = total / total.sum()
        print("shares", " ".join(f"{value:.4f}" for value in share))


def weekly(kind):
    board = Dashboard(kind(touches(40_000), orders(27_000)))
    board.refresh()
    board.show()
    return board


@case("af 16 campaign credit")
class _:
    def bad():
        return weekly(Credit)

    def good():
        return weekly(CustomerCredit)


if __name__ == "__main__":
    kept = run()
