import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class Prices:
    """One closing-price column for every symbol."""
    def __init__(self):
        self.close = {}

    def load(self, symbol):
        import numpy as np, pandas as pd
        walk = np.random.default_rng(symbol).normal(0, 1, (25_000, 12)).cumsum(axis=0)
        return pd.DataFrame(walk, columns=['open', 'high', 'low', 'close', 'volume', 'vwap', 'bid', 'ask', 'b2', 'a2', 'b3', 'a3'])

    def add(self, symbol):
        table = self.load(symbol)
        self.close[symbol] = table['close']

    def add_own(self, symbol):
        self.close[symbol] = self.load(symbol)['close'].copy()


@case('43b one Series keeps the 2-D block of twelve columns')
class _:
    def setup(): import numpy, pandas
    def bad():
        prices = Prices()
        for symbol in range(60):
            prices.add(symbol)
        return prices
    def good():
        prices = Prices()
        for symbol in range(60):
            prices.add_own(symbol)
        return prices


if __name__ == "__main__":
    kept = run()
