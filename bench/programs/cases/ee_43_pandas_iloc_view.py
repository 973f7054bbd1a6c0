import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def reading(seed):
    import numpy as np, pandas as pd
    rng = np.random.default_rng(seed)
    return pd.DataFrame(rng.normal(20, 4, (90_000, 8)), columns=[f'probe_{k}' for k in range(8)])


@case('43 last rows by iloc kept as a view of the whole frame')
class _:
    def setup(): import numpy, pandas
    def bad():
        latest, alarms = {}, 0
        for site in range(40):
            frame = reading(site)
            alarms += int((frame.probe_0 > 38).sum())
            latest[site] = frame.iloc[-5:]
        return latest, alarms
    def good():
        latest, alarms = {}, 0
        for site in range(40):
            frame = reading(site)
            alarms += int((frame.probe_0 > 38).sum())
            latest[site] = frame.iloc[-5:].copy()
        return latest, alarms


if __name__ == "__main__":
    kept = run()
