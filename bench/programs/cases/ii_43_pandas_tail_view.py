import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def load_day(day):
    """Stands for reading the ticks of one day."""
    import numpy as np, pandas as pd
    r = np.random.default_rng(day)
    return pd.DataFrame(r.normal(100, 5, (40_000, 8)), columns=list('ohlcvbax'))


@case('43 last rows of a frame keep the whole frame')
class _:
    def setup(): import pandas, numpy.random
    def bad():
        closing = {}
        for day in range(80):
            ticks = load_day(day)
            closing[day] = ticks.iloc[-5:]
        return closing
    def good():
        closing = {}
        for day in range(80):
            ticks = load_day(day)
            closing[day] = ticks.iloc[-5:].copy()
        return closing


if __name__ == "__main__":
    kept = run()
