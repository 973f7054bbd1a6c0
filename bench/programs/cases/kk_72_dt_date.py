import gc
import os
import sys

from harness import CASES, D, case, fixture, run


def readings(n):
    import numpy as np
    import pandas as pd
    r = np.random.default_rng(14669)
    start = np.datetime64("2016-11-15T00:00:00", "s")
    seconds = r.integers(0, 4 * 365 * 86_400, n)
    return pd.DataFrame({"tstamp": start + seconds.astype("timedelta64[s]"), "data": r.random(n)})


@case('72 dt.date makes a column of date objects')
class _:
    def setup(): import numpy.random, pandas
    def bad():
        df = readings(1_500_000)
        df["day"] = df["tstamp"].dt.date
        daily = df.groupby("day")["data"].mean()
        return df, daily
    def good():
        df = readings(1_500_000)
        df["day"] = df["tstamp"].dt.normalize()
        daily = df.groupby("day")["data"].mean()
        return df, daily


if __name__ == "__main__":
    kept = run()
