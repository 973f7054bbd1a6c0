import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
class Head:
    def __init__(self, path):
        self.first = np.load(path)[:10]  # expect: HW710
        self.safe = np.load(path)[:10].copy()
        whole = np.load(path)
        self.both = whole, whole[:10]
def heads(count):
    kept, arrays = [], []
    for _ in range(count):
        big = np.zeros(1_000_000)
        kept.append(big[:10])  # expect: HW710
    for _ in range(count):
        big = np.zeros(1_000_000)
        arrays.append(big)
        kept.append(big[:10])
    return kept, arrays, "text"[:2]
def _load(day):
    values = np.arange(1_000.0) + day
    return pa.table({"t": values})
def _read(path):
    table = pq.read_table(path)
    return table
def previews(days, shown):
    found, by_day = [], {}
    for day in days:
        found.append(_load(day).slice(0, 10))  # expect: HW710
        by_day[day] = _read(f"{day}.parquet").slice(length=shown)
        table = pa.table({"t": np.arange(1_000.0)})
        by_day[day] = day, table["t"][:10]
        by_day[day] = (day, table.slice(0, 10))  # expect: HW710
    return found, by_day, [pl.read_csv(path).head(5) for path in days]  # expect: HW710
def copied(days):
    found = []
    for day in days:
        found.append(_load(day).take(pa.array(range(10))))
        whole = _load(day)
        found.append(whole)
        found.append(whole.slice(0, 10))
    return found
def batches(table, size):
    found = []
    for at in range(0, len(table), size):
        found.append(table.slice(at, size))
    whole = _load(0)
    for at in range(0, len(whole), size):
        found.append(whole.slice(at, size))
    return found
def words(column):
    return [column.str.slice(0, 10) for _ in range(3)]
