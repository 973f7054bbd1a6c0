import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def quotes(i):
    import numpy as np
    import pandas as pd
    r = np.random.default_rng(i)
    return pd.DataFrame(r.normal(100, 15, (5000, 60)), columns=["close"] + [f"factor{k}" for k in range(59)])


@case('43 a column kept of each frame pins its whole block')
class _:
    def setup(): import pandas

    def bad():
        closes = {}
        for i in range(40):
            df = quotes(i)
            closes[f"SYM{i}"] = df["close"]
        return closes

    def good():
        closes = {}
        for i in range(40):
            df = quotes(i)
            closes[f"SYM{i}"] = df["close"].copy()
        return closes


if __name__ == "__main__":
    kept = run()
