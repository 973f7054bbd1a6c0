# sized
import polars as pl
import pyarrow as pa
class Recorder:
    def __init__(self, schema):
        self.schema = schema
        self.batches = []
        self.tables = []
        self.rows = {"time": [], "bid": []}
    def on_tick(self, time, bid):
        row = {"time": [time], "bid": [bid]}
        self.batches.append(pa.RecordBatch.from_pydict(row, schema=self.schema))  # expect: HW743
    def on_row(self, row):
        table = pa.Table.from_pylist([row])  # expect: HW743
        self.tables.append(table)
    def of_arrays(self, time, bid):
        arrays = [pa.array([time]), pa.array([bid], pa.float64())]
        self.batches.append(pa.RecordBatch.from_arrays(arrays, names=["time", "bid"]))  # expect: HW743
    def by_column(self, values):
        self.batches.append(pa.record_batch({name: [value] for name, value in values.items()}))  # expect: HW743
    def table(self):
        return pa.Table.from_batches(self.batches)
    def collect(self, time, bid):
        self.rows["time"].append(time)
        self.rows["bid"].append(bid)
        if len(self.rows["time"]) >= 4096:
            self.batches.append(pa.RecordBatch.from_pydict(self.rows))
            self.rows = {"time": [], "bid": []}
    def write(self, writer, time, bid):
        writer.write_batch(pa.record_batch({"time": [time], "bid": [bid]}))
def framed(rows):
    return pl.concat([pl.DataFrame({"a": [row.a], "b": [row.b]}) for row in rows])  # expect: HW743
def of_dicts(rows):
    frames = []
    for row in rows:
        frames.append(pl.DataFrame([row]))  # expect: HW743
    return pl.concat(frames)
class Grown:
    def add(self, time, bid):
        self.table = pa.concat_tables([self.table, pa.table({"time": [time], "bid": [bid]})])  # expect: HW743
    def stack(self, a):
        self.frame = self.frame.vstack(pl.DataFrame({"a": [a]}))  # expect: HW743
def columns(times, bids):
    return [pa.table({"time": times, "bid": bids})]
def summary(count, total):
    return pa.table({"count": [count], "total": [total]})
def batches(parts):
    kept = []
    for part in parts:
        kept.append(pa.RecordBatch.from_pylist(part))
    return kept
def spread(parts):
    return [pa.table({"a": [*part]}) for part in parts]
