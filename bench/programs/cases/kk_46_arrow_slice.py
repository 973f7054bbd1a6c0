import gc
import os
import sys

from harness import CASES, D, case, fixture, run


def write_partitions(path):
    import numpy as np
    import pyarrow as pa
    r = np.random.default_rng(38806)
    schema = pa.schema([("user", pa.int64()), ("amount", pa.float64()), ("score", pa.float64())])
    with pa.ipc.new_file(path, schema) as out:
        for _ in range(80):
            out.write_batch(pa.record_batch([pa.array(r.integers(0, 1 << 40, 60_000)),
                                             pa.array(r.random(60_000)),
                                             pa.array(r.random(60_000))], schema=schema))


def partitions():
    import pyarrow as pa
    with pa.OSFile(fixture("kk_partitions.arrow", write_partitions)) as source:
        reader = pa.ipc.open_file(source)
        for i in range(reader.num_record_batches):
            yield f"part-{i:04d}", pa.Table.from_batches([reader.get_batch(i)])


previews = {}
totals = {}


@case('46 slice of an arrow table keeps its buffers')
class _:
    def setup():
        import pyarrow as pa, pyarrow.compute as pc
        warm = pa.table({"a": pa.array([0.5, 1.5])})
        pc.sum(warm.take([0])["a"])
        fixture("kk_partitions.arrow", write_partitions)
    def bad():
        import pyarrow.compute as pc
        for name, table in partitions():
            totals[name] = pc.sum(table["amount"]).as_py()
            previews[name] = table.slice(0, 5)
        return sum(totals.values())
    def good():
        import pyarrow.compute as pc
        for name, table in partitions():
            totals[name] = pc.sum(table["amount"]).as_py()
            previews[name] = table.take(list(range(5)))
        return sum(totals.values())


if __name__ == "__main__":
    kept = run()
