import os
import sqlite3
import tempfile

import numpy as np
import pandas as pd

from harness import case, fixture, run

INSERT = (
    "insert into reading values"
    " (:meter, :taken, :import_kwh, :export_kwh, :peak_kw, :voltage, :tariff, :cost)"
)


def build(path):
    rng = np.random.default_rng(19)
    rows = 130_000
    frame = pd.DataFrame(
        {
            "meter": rng.integers(0, 9_000, rows).astype("i4"),
            "taken": (1_700_000_000 + rng.integers(0, 90_000, rows) * 900).astype("i4"),
            "import_kwh": rng.gamma(2.0, 0.4, rows).round(3).astype("f4"),
            "export_kwh": rng.gamma(1.1, 0.2, rows).round(3).astype("f4"),
            "peak_kw": rng.gamma(3.0, 0.9, rows).round(2).astype("f4"),
            "voltage": rng.normal(230, 3, rows).round(1).astype("f4"),
            "tariff": rng.integers(0, 4, rows).astype("i1"),
            "cost": rng.gamma(2.0, 0.11, rows).round(4).astype("f4"),
        }
    )
    frame.to_pickle(path, compression=None)


def all_records(frame):
    return frame.to_dict("records")


def records_by_chunk(frame, size=2_000):
    for start in range(0, len(frame), size):
        yield from frame.iloc[start:start + size].to_dict("records")


def import_readings(path, records):
    frame = pd.read_pickle(path, compression=None)
    frame = frame.drop_duplicates(["meter", "taken"], keep="last")
    handle, name = tempfile.mkstemp(suffix=".sqlite")
    os.close(handle)
    db = sqlite3.connect(name)
    db.execute("create table reading (meter, taken, import_kwh, export_kwh, peak_kw, voltage, tariff, cost)")
    db.executemany(INSERT, records(frame))
    db.commit()
    print(db.execute("select count(*), sum(meter), round(sum(import_kwh), 2), max(peak_kw) from reading").fetchone())
    db.close()
    os.unlink(name)


@case("pp 19 tariff import")
class _:
    def setup():
        _.path = fixture("pp_readings.pickle", build)

    def bad():
        return import_readings(_.path, all_records)

    def good():
        return import_readings(_.path, records_by_chunk)


if __name__ == "__main__":
    kept = run()
