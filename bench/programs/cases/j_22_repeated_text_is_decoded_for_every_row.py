import gc
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_flights(path):
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq
    rows = 700_000
    carriers = pa.array([f'Carrier number {n:02d} of the northern alliance' for n in range(30)])
    airports = pa.array([f'International airport of town {n:03d}' for n in range(200)])
    rng = np.random.default_rng(22)
    table = pa.table({
        'carrier': pa.DictionaryArray.from_arrays(pa.array(rng.integers(0, 30, rows), pa.int32()), carriers)
        .cast(pa.string()),
        'origin': pa.DictionaryArray.from_arrays(pa.array(rng.integers(0, 200, rows), pa.int32()), airports)
        .cast(pa.string()),
        'delay': pa.array(rng.integers(0, 240, rows), pa.int16())})
    pq.write_table(table, path, row_group_size=rows)


@case('22 repeated text is decoded for every row')
class _:
    def setup():
        global FLIGHTS
        FLIGHTS = fixture('j_22_flights.parquet', build_flights)
        import pyarrow
        import pyarrow.parquet

    def bad():
        import pyarrow.parquet as pq

        class Flights:
            def __init__(self, path):
                self.table = pq.read_table(path, columns=['carrier', 'origin', 'delay'])

            def mean_delay(self, column):
                means = self.table.group_by(column).aggregate([('delay', 'mean')]).to_pylist()
                return max((row['delay_mean'], row[column]) for row in means)

        flights = Flights(FLIGHTS)
        for column in ('carrier', 'origin'):
            mean, name = flights.mean_delay(column)
            print(f'{name}: {mean:.4f}')
        return flights

    def good():
        import pyarrow.parquet as pq

        class Flights:
            def __init__(self, path):
                self.table = pq.read_table(path, columns=['carrier', 'origin', 'delay'],
                                           read_dictionary=['carrier', 'origin'])

            def mean_delay(self, column):
                means = self.table.group_by(column).aggregate([('delay', 'mean')]).to_pylist()
                return max((row['delay_mean'], row[column]) for row in means)

        flights = Flights(FLIGHTS)
        for column in ('carrier', 'origin'):
            mean, name = flights.mean_delay(column)
            print(f'{name}: {mean:.4f}')
        return flights


if __name__ == "__main__":
    kept = run()
