"""Compacts small parquet parts of a data lake and keeps a preview catalogue."""
import os
import shutil
import sys
import tempfile

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
PARTS = 28
pa.set_cpu_count(1)
pa.set_io_thread_count(1)


def build_lake(folder):
    os.makedirs(folder, exist_ok=True)
    rng = np.random.default_rng(8)
    for part in range(PARTS):
        rows = int(rng.integers(90_000, 130_000))
        table = pa.table({
            "ts": pa.array(np.sort(rng.integers(1_700_000_000, 1_700_086_400, rows)) + part * 86_400),
            "device": pa.array([f"dev-{d:05d}" for d in rng.integers(0, 40_000, rows)]),
            "temp": pa.array(rng.normal(21, 6, rows)),
            "load": pa.array(rng.gamma(2, 9, rows)),
            "status": pa.array(rng.choice([200, 200, 200, 404, 503], rows).astype("int32"))})
        pq.write_table(table, os.path.join(folder, f"part-{part:03d}.parquet"))


def prepared(name, build):
    path = os.path.join(BASE, name)
    if not os.path.exists(path):
        pid = os.fork()
        if pid == 0:
            try:
                os.makedirs(BASE, exist_ok=True)
                build(path + ".part")
                os.rename(path + ".part", path)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
    return path


class Preview:
    """A few rows of a part, shown in the catalogue's web page."""

    def __init__(self, name, rows, sample):
        self.name = name
        self.rows = rows
        self.sample = sample

    def as_text(self):
        return [f"{r['ts']} {r['device']} {r['temp']:.2f} {r['status']}" for r in self.sample.to_pylist()]


def middle_rows_bad(table, count):
    start = (table.num_rows - count) // 2
    return table.slice(start, count)


def middle_rows_good(table, count):
    start = (table.num_rows - count) // 2
    return table.take(pa.array(range(start, start + count)))


class Catalogue:
    def __init__(self, arm):
        self.previews = {}
        self.pick = middle_rows_bad if arm == "bad" else middle_rows_good

    def register(self, name, table):
        self.previews[name] = Preview(name, table.num_rows, self.pick(table, 8))


class Compactor:
    def __init__(self, catalogue, target):
        self.catalogue = catalogue
        self.target = target
        self.kept = 0
        self.hot = 0

    def filtered(self, table):
        sound = pc.and_(pc.equal(table["status"], 200), pc.less(table["temp"], 60.0))
        return table.filter(sound)

    def add(self, writer, path):
        table = pq.read_table(path, use_threads=False)
        self.catalogue.register(os.path.basename(path), table)
        sound = self.filtered(table)
        self.kept += sound.num_rows
        self.hot += pc.sum(pc.greater(sound["load"], 40.0)).as_py()
        writer.write_table(sound)

    def run(self, folder):
        parts = sorted(os.listdir(folder))
        schema = pq.read_schema(os.path.join(folder, parts[0]))
        with pq.ParquetWriter(self.target, schema) as writer:
            for part in parts:
                self.add(writer, os.path.join(folder, part))


def main(arm):
    lake = prepared("xx-lake", build_lake)
    work = tempfile.mkdtemp(prefix="xx-compact-")
    compactor = Compactor(Catalogue(arm), os.path.join(work, "compact.parquet"))
    compactor.run(lake)
    shutil.rmtree(work)
    previews = compactor.catalogue.previews
    print(f"parts={len(previews)} kept={compactor.kept} hot={compactor.hot} {previews['part-003.parquet'].as_text()[0]}")
    return compactor


if __name__ == "__main__":
    COMPACTOR = main(sys.argv[1])
