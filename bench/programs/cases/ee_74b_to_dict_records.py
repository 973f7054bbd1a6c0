import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('74b to_dict("records") to walk over a frame')
class _:
    def setup(): import numpy, pandas
    def frame():
        import numpy as np, pandas as pd
        r, n = np.random.default_rng(4), 200_000
        return pd.DataFrame({'lat': r.random(n), 'lon': r.random(n), 'speed': r.integers(0, 1 << 20, n), 'road': r.integers(1000, 90_000, n)})
    def bad():
        df, hits = CASES['74b to_dict("records") to walk over a frame'].frame(), [0] * 10
        for row in df.to_dict('records'):
            if row['lat'] > .5 and row['lon'] > .5: hits[row['road'] % 10] += row['speed']
        return hits
    def good():
        df, hits = CASES['74b to_dict("records") to walk over a frame'].frame(), [0] * 10
        for row in df.itertuples(index=False):
            if row.lat > .5 and row.lon > .5: hits[row.road % 10] += row.speed
        return hits


if __name__ == "__main__":
    kept = run()
