import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def quotes(path):
    """A directory with a Parquet file of 90,000 quotes for every symbol."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq
    os.makedirs(path)
    r = np.random.default_rng(38806)
    for symbol in range(36):
        table = pa.table({'time': np.arange(90_000, dtype=np.int64) + symbol, 'bid': r.random(90_000),
                          'ask': r.random(90_000), 'volume': r.integers(0, 10**9, 90_000)})
        pq.write_table(table, os.path.join(path, f'S{symbol:03d}.parquet'), compression='none',
                       use_dictionary=False)


def read(directory, symbol):
    import pyarrow.parquet as pq
    return pq.read_table(os.path.join(directory, f'S{symbol:03d}.parquet'), use_threads=False)


@case('44 slice of an Arrow table keeps its buffers')
class _:
    def setup():
        import pyarrow.parquet
        fixture('jj_quotes', quotes)
        read(os.path.join(D, 'jj_quotes'), 0).slice(0, 1)
    def bad():
        latest, volume = {}, 0
        for symbol in range(36):
            table = read(os.path.join(D, 'jj_quotes'), symbol)
            volume += sum(table['volume'].slice(0, 100).to_pylist())
            latest[f'S{symbol:03d}'] = table.slice(table.num_rows - 20)
        return latest, volume
    def good():
        latest, volume = {}, 0
        for symbol in range(36):
            table = read(os.path.join(D, 'jj_quotes'), symbol)
            volume += sum(table['volume'].slice(0, 100).to_pylist())
            latest[f'S{symbol:03d}'] = table.take(list(range(table.num_rows - 20, table.num_rows)))
        return latest, volume


if __name__ == "__main__":
    kept = run()
