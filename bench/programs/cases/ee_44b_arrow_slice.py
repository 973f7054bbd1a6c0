import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def batches(n):
    import numpy as np, pyarrow as pa
    for i in range(n):
        cells = np.random.default_rng(i).normal(size=(3, 100_000))
        yield f'part-{i:03d}', pa.table([pa.array(c) for c in cells], names=['load', 'value', 'temp'])


@case('44b Table.slice kept as a preview holds all buffers')
class _:
    def setup(): import numpy, pandas, pyarrow.compute
    def bad():
        import pyarrow.compute as pc
        preview, total = {}, 0.0
        for name, table in batches(60):
            total += pc.sum(table['value']).as_py()
            preview[name] = table.slice(0, 20)
        return preview, total
    def good():
        import numpy as np, pyarrow.compute as pc
        preview, total = {}, 0.0
        first = np.arange(20)
        for name, table in batches(60):
            total += pc.sum(table['value']).as_py()
            preview[name] = table.take(first)
        return preview, total


if __name__ == "__main__":
    kept = run()
