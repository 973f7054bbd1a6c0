import os
import sqlite3
import tempfile

import numpy as np
import pandas as pd

from harness import case, run

ROWS, STEP = 200_000, 4_000
COLUMNS = ["temp", "dew", "wind", "gust", "rain"]


def weather():
    rng = np.random.default_rng(13)
    values = rng.normal(10, 6, (ROWS, len(COLUMNS)))
    values.flat[rng.integers(0, values.size, values.size // 10)] = np.nan
    return pd.DataFrame(values, columns=COLUMNS, copy=False)


def as_rows(frame):
    return frame.astype(object).where(frame.notna(), None).values.tolist()


def report(db):
    for column in COLUMNS[:3]:
        count, mean = db.execute(f"SELECT count({column}), avg({column}) FROM weather").fetchone()
        print(column, count, f"{mean:.5f}")


@case("vv 16 table of weather stations")
class _:
    def bad():
        frame = weather()
        with tempfile.TemporaryDirectory() as folder:
            db = sqlite3.connect(os.path.join(folder, "weather.db"))
            db.execute("CREATE TABLE weather (temp REAL, dew REAL, wind REAL, gust REAL, rain REAL)")
            rows = as_rows(frame)
            db.executemany("INSERT INTO weather VALUES (?, ?, ?, ?, ?)", rows)
            report(db)
            db.close()

    def good():
        frame = weather()
        with tempfile.TemporaryDirectory() as folder:
            db = sqlite3.connect(os.path.join(folder, "weather.db"))
            db.execute("CREATE TABLE weather (temp REAL, dew REAL, wind REAL, gust REAL, rain REAL)")
            for at in range(0, len(frame), STEP):
                rows = as_rows(frame.iloc[at:at + STEP])
                db.executemany("INSERT INTO weather VALUES (?, ?, ?, ?, ?)", rows)
            report(db)
            db.close()


if __name__ == "__main__":
    kept = run()
