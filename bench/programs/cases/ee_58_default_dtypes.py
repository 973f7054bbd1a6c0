import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build(path):
    import numpy as np, pandas as pd
    r, n = np.random.default_rng(1), 700_000
    pd.DataFrame({'shop': r.integers(0, 120, n), 'qty': r.integers(0, 90, n), 'age': r.integers(18, 99, n), 'clicks': r.integers(0, 30_000, n),
                  'score': r.integers(0, 1000, n) / 8, 'rate': r.integers(0, 512, n) / 512, 'flag': r.integers(0, 2, n)}).to_csv(path, index=False)


@case('58 int64/float64 by default')
class _:
    def setup():
        import pandas
        fixture('d5_sales.csv', build)
    def bad():
        import pandas as pd
        return pd.read_csv(D + '/d5_sales.csv')
    def good():
        import pandas as pd
        small = {'shop': 'uint8', 'qty': 'uint8', 'age': 'uint8', 'clicks': 'uint16', 'score': 'float32', 'rate': 'float32', 'flag': 'bool'}
        return pd.read_csv(D + '/d5_sales.csv', dtype=small, true_values=['1'], false_values=['0'])


if __name__ == "__main__":
    kept = run()
