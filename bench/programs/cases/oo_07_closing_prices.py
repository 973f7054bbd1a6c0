import numpy as np
import pandas as pd

from harness import case, run

FIELDS = ["open", "high", "low", "close"] + [f"factor_{n:02d}" for n in range(36)]
INSTRUMENTS = 2_500


def load_day(day):
    """The vendor's daily table: prices and model factors of each instrument."""
    rng = np.random.default_rng(day)
    values = rng.normal(100.0, 5.0, (INSTRUMENTS, len(FIELDS)))
    return pd.DataFrame(values, columns=FIELDS, copy=False)


class ClosingPrices:
    def __init__(self):
        self.by_day = {}

    def add(self, day, table):
        self.by_day[day] = table["close"]

    def mean_return(self, first, last):
        return float((self.by_day[last] / self.by_day[first] - 1.0).mean())


class OwnedClosingPrices(ClosingPrices):
    def add(self, day, table):
        self.by_day[day] = table["close"].copy()


def average_spread(table):
    return float((table["high"] - table["low"]).abs().mean())


def process_day(prices, day):
    table = load_day(day)
    prices.add(day, table)
    return average_spread(table)


def load_history(prices, days):
    spread = sum(process_day(prices, day) for day in range(days))
    print("days", len(prices.by_day), "spread", round(spread / days, 6))
    print("return", round(prices.mean_return(0, days - 1), 8))
    return prices


@case("oo 07 closing prices")
class _:
    def bad():
        return load_history(ClosingPrices(), 120)

    def good():
        return load_history(OwnedClosingPrices(), 120)


if __name__ == "__main__":
    kept = run()
