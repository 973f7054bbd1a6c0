import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def load_series(sensor):
    import numpy as np
    t=np.arange(800_000)/50
    return np.sin(t*(sensor+1))
def series_peak(sensor):
    return float(load_series(sensor).max())
@case('22 workers send whole arrays back')
class _:
    def setup():
        import multiprocessing.pool, numpy
    def bad():
        import multiprocessing
        with multiprocessing.get_context('fork').Pool(2) as pool:
            series=pool.map(load_series,range(12))
        print('peaks',round(sum(float(s.max()) for s in series),6))
    def good():
        import multiprocessing
        with multiprocessing.get_context('fork').Pool(2) as pool:
            peaks=pool.map(series_peak,range(12))
        print('peaks',round(sum(peaks),6))


if __name__ == "__main__":
    kept = run()
