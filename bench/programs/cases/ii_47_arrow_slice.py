import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def read_part(k):
    """Stands for reading one file of a data set."""
    import numpy as np, pyarrow as pa
    r = np.random.default_rng(k)
    return pa.table({'ts': r.integers(0, 10**12, 200_000), 'price': r.normal(50, 4, 200_000),
                     'size': r.integers(1, 10**6, 200_000)})


@case('47 zero-copy slice of an Arrow table keeps its buffers')
class _:
    def setup(): import numpy.random, pandas, pyarrow.compute
    def bad():
        preview = []
        for k in range(30):
            t = read_part(k)
            preview.append(t.slice(0, 10))
        return preview
    def good():
        preview = []
        for k in range(30):
            t = read_part(k)
            preview.append(t.take(list(range(10))))
        return preview


if __name__ == "__main__":
    kept = run()
