"""Event-driven backtester of a moving-average rule over simulated prices."""
import sys
from array import array

import numpy as np

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
DAYS, ASSETS, FAST, SLOW = 2_600, 40, 3, 9


class Fill:
    __slots__ = ("day", "asset", "units", "price")

    def __init__(self, day, asset, units, price):
        self.day, self.asset = day, asset
        self.units, self.price = units, price


class FillView:
    """The fills of the book up to a position, without copying them."""

    __slots__ = ("fills", "stop")

    def __init__(self, fills, stop):
        self.fills, self.stop = fills, stop

    def __len__(self):
        return self.stop

    def __getitem__(self, position):
        return self.fills[position if position >= 0 else self.stop + position]


class Book:
    def __init__(self):
        self.fills = []

    def record(self, fill):
        self.fills.append(fill)

    def as_of_now_bad(self):
        return tuple(self.fills)

    def as_of_now_good(self):
        return FillView(self.fills, len(self.fills))

    def as_of_now(self):
        return self.as_of_now_bad() if ARM == "bad" else self.as_of_now_good()


class Snapshot:
    __slots__ = ("day", "equity", "fills")

    def __init__(self, day, equity, fills):
        self.day, self.equity, self.fills = day, equity, fills


class Account:
    def __init__(self, cash):
        self.cash = cash
        self.units = np.zeros(ASSETS, dtype=np.int32)
        self.book = Book()
        self.history = []

    def trade(self, day, asset, units, price):
        self.cash -= units * price * (1.0005 if units > 0 else 0.9995)
        self.units[asset] += units
        self.book.record(Fill(day, asset, units, price))

    def close_day(self, day, prices):
        equity = self.cash + float(self.units @ prices)
        self.history.append(Snapshot(day, equity, self.book.as_of_now()))


class Crossover:
    def __init__(self):
        self.fast = np.zeros(ASSETS)
        self.slow = np.zeros(ASSETS)

    def targets(self, prices):
        self.fast += (prices - self.fast) / FAST
        self.slow += (prices - self.slow) / SLOW
        return np.where(self.fast > self.slow, 10, 0)


def price_path(rng, n):
    prices = rng.uniform(20, 90, ASSETS)
    for _ in range(n):
        prices = prices * np.exp(rng.normal(0.0002, 0.012, ASSETS))
        yield prices


def backtest(account, rule, rng):
    for day, prices in enumerate(price_path(rng, DAYS)):
        wanted = rule.targets(prices)
        for asset in np.flatnonzero(wanted != account.units).tolist():
            change = int(wanted[asset] - account.units[asset])
            account.trade(day, asset, change, float(prices[asset]))
        account.close_day(day, prices)


def worst_drawdown(history):
    peak, worst, at = history[0].equity, 0.0, history[0]
    for snap in history:
        peak = max(peak, snap.equity)
        if 1 - snap.equity / peak > worst:
            worst, at = 1 - snap.equity / peak, snap
    return worst, at


def main():
    account = Account(cash=50_000.0)
    backtest(account, Crossover(), np.random.default_rng(47))
    worst, at = worst_drawdown(account.history)
    busy = array("i", (len(s.fills) for s in account.history))
    print(f"fills={busy[-1]} equity={account.history[-1].equity:.2f} "
          f"drawdown={worst:.4f} day={at.day} fills_then={len(at.fills)} "
          f"last_asset={at.fills[-1].asset}")
    return account


ACCOUNT = main()
