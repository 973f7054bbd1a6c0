"""Online feature store: takes the vectors of hot users out of the nightly Parquet export."""
import os
import sys
import tempfile
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

CASES = os.path.join(tempfile.gettempdir(), "memory-cases")
EXPORT = os.path.join(CASES, "ss-user-vectors.parquet")
DIM = 48
COLUMNS = ["v%02d" % i for i in range(DIM)]


def write_export(path):
    rng = np.random.default_rng(202)
    writer = None
    for part in range(120):
        n = 4000
        data = {"user_id": np.arange(part * n, part * n + n),
                "activity": rng.gamma(2.0, 3.0, n).astype("float32")}
        for c in COLUMNS:
            data[c] = rng.normal(size=n).astype("float32")
        table = pa.table(data)
        writer = writer or pq.ParquetWriter(path, table.schema, compression="snappy")
        writer.write_table(table)
    writer.close()


def ensure_input(path, writer):
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    pid = os.fork()
    if pid == 0:
        writer(path + ".part")
        os.replace(path + ".part", path)
        os._exit(0)
    os.waitpid(pid, 0)


@dataclass(slots=True)
class UserFeatures:
    user_id: int
    activity: float
    vector: np.ndarray


class ExportReader:
    def __init__(self, path):
        self.path = path

    def parts(self):
        with pq.ParquetFile(self.path) as source:
            for group in range(source.num_row_groups):
                yield source.read_row_group(group).to_pandas()


class HotUserSelector:
    def __init__(self, threshold):
        self.threshold = threshold

    def positions(self, frame):
        return np.flatnonzero(frame["activity"].to_numpy() > self.threshold)


class VectorExtractor:
    """Standardises the vectors of one part and picks rows from it."""

    def matrix(self, frame):
        values = np.ascontiguousarray(frame[COLUMNS].to_numpy(dtype="float32"))
        values -= values.mean(axis=0)
        values /= values.std(axis=0)
        return values

    def rows_bad(self, frame, positions):
        values = self.matrix(frame)
        return [values[i] for i in positions]

    def rows_good(self, frame, positions):
        values = self.matrix(frame)
        return [values[i].copy() for i in positions]


class OnlineStore:
    def __init__(self):
        self.users = {}

    def put(self, features):
        self.users[features.user_id] = features

    def nearest(self, user_id, k=3):
        probe = self.users[user_id].vector
        ranked = sorted(self.users.values(), key=lambda u: -float(u.vector @ probe))
        return [u.user_id for u in ranked[1:k + 1]]


def refresh(store, mode):
    selector = HotUserSelector(threshold=28.0)
    extractor = VectorExtractor()
    pick = extractor.rows_bad if mode == "bad" else extractor.rows_good
    for frame in ExportReader(EXPORT).parts():
        positions = selector.positions(frame)
        ids = frame["user_id"].to_numpy()[positions].tolist()
        activity = frame["activity"].to_numpy()[positions].tolist()
        for uid, act, vector in zip(ids, activity, pick(frame, positions)):
            store.put(UserFeatures(uid, act, vector))


STORE = OnlineStore()


def main(mode):
    ensure_input(EXPORT, write_export)
    refresh(STORE, mode)
    sample = sorted(STORE.users)[:5]
    print("hot users %d" % len(STORE.users), [STORE.nearest(u) for u in sample])


if __name__ == "__main__":
    main(sys.argv[1])
