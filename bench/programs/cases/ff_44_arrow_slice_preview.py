import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def shard(i):
    import numpy as np
    import pyarrow as pa
    r, n = np.random.default_rng(i), 150_000
    return pa.table({"user": r.integers(0, 1 << 40, n), "amount": r.normal(50, 9, n)})


@case('44 the preview slice of a table pins its buffers')
class _:
    def setup(): import numpy, pandas, pyarrow

    def bad():
        previews, rows = {}, 0
        for i in range(40):
            table = shard(i)
            rows += table.num_rows
            previews[f"part-{i:04d}"] = table.slice(0, 20)
        return previews, rows

    def good():
        import pyarrow as pa
        previews, rows, head = {}, 0, pa.array(range(20))
        for i in range(40):
            table = shard(i)
            rows += table.num_rows
            previews[f"part-{i:04d}"] = table.take(head)
        return previews, rows


if __name__ == "__main__":
    kept = run()
