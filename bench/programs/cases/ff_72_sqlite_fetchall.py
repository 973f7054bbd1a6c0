import gc
import json
import os
import sqlite3
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def readings(path):
    db = sqlite3.connect(path)
    db.execute("create table reading(sensor text, at integer, value real, unit text)")
    db.executemany("insert into reading values(?,?,?,?)",
                   ((f"sensor-{i % 611:04d}", 1_700_000_000 + i, (i * 7919 % 10_007) / 7, "kPa") for i in range(250_000)))
    db.commit()
    db.close()


@case('72 fetchall before a loop that takes row by row')
class _:
    def bad():
        db = sqlite3.connect(fixture("e6_readings.db", readings))
        peak = {}
        rows = db.execute("select sensor, at, value, unit from reading order by rowid").fetchall()
        for sensor, at, value, unit in rows:
            if value > peak.get(sensor, 0.0):
                peak[sensor] = value
        db.close()
        return peak

    def good():
        db = sqlite3.connect(fixture("e6_readings.db", readings))
        peak = {}
        for sensor, value in db.execute("select sensor, value from reading order by rowid"):
            if value > peak.get(sensor, 0.0):
                peak[sensor] = value
        db.close()
        return peak


if __name__ == "__main__":
    kept = run()
