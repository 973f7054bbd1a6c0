"""Parquet compactor: counts events over many part files, with a carried overlap."""
import os
import sys
import tempfile

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
PARTS, ROWS, OVERLAP = 36, 45_000, 5


def part_path(number):
    return os.path.join(FOLDER, f"vv-events-{number:03d}.parquet")


def write_parts():
    rng = np.random.default_rng(71)
    hosts = [f"edge-{i:02d}.site{i % 7}.example" for i in range(60)]
    clock = 1_700_000_000_000
    for number in range(PARTS):
        ts = clock + np.cumsum(rng.integers(1, 90, ROWS))
        clock = int(ts[-1])
        raw = rng.bytes(14 * ROWS).hex()
        table = pa.table({
            "event_id": [raw[i * 28:i * 28 + 28] for i in range(ROWS)],
            "ts": ts,
            "host": [hosts[i] for i in rng.integers(0, 60, ROWS)],
            "bytes": rng.lognormal(8, 1.5, ROWS).astype(np.int32),
        })
        pq.write_table(table, part_path(number) + ".tmp")
        os.rename(part_path(number) + ".tmp", part_path(number))


def ensure_inputs():
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(part_path(PARTS - 1)):
        pid = os.fork()
        if pid == 0:
            write_parts()
            os._exit(0)
        os.waitpid(pid, 0)


class Lineage:
    """Per part: its time range and its last rows, to check the seam to the next one."""

    __slots__ = ("first", "last", "tail")

    def __init__(self, first, last, tail):
        self.first = first
        self.last = last
        self.tail = tail


class Seams:
    def tail_bad(self, table):
        return table.slice(table.num_rows - OVERLAP)

    def tail_good(self, table):
        return table.take(list(range(table.num_rows - OVERLAP, table.num_rows)))

    def tail(self, table):
        return self.tail_bad(table) if ARM == "bad" else self.tail_good(table)

    def gap(self, before, after):
        return after.first - pc.max(before.tail["ts"]).as_py()


class Compactor:
    def __init__(self):
        self.seams = Seams()
        self.lineage = {}
        self.totals = {}

    def describe(self, table):
        span = pc.min_max(table["ts"]).as_py()
        return Lineage(span["min"], span["max"], self.seams.tail(table))

    def absorb(self, number):
        table = pq.read_table(part_path(number), use_threads=False)
        grouped = table.group_by("host", use_threads=False).aggregate([("bytes", "sum")])
        for host, size in zip(grouped["host"].to_pylist(), grouped["bytes_sum"].to_pylist()):
            self.totals[host] = self.totals.get(host, 0) + size
        self.lineage[number] = self.describe(table)

    def widest_gap(self):
        numbers = sorted(self.lineage)
        return max(self.seams.gap(self.lineage[a], self.lineage[b])
                   for a, b in zip(numbers, numbers[1:]))


def main():
    ensure_inputs()
    pa.set_cpu_count(1)
    compactor = Compactor()
    for number in range(PARTS):
        compactor.absorb(number)
    top = max(compactor.totals, key=compactor.totals.get)
    print(f"parts={len(compactor.lineage)} hosts={len(compactor.totals)} top={top} "
          f"bytes={sum(compactor.totals.values())} gap={compactor.widest_gap()}ms")
    return compactor


COMPACTOR = main()
