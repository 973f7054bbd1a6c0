import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build_csv(path):
    with open(path, "w") as out:
        for number in range(420_000):
            out.write(f"{number + 10_000},Station road {number} flat {number % 30},{number % 5000 / 4}\n")


@case('19 rows listed before executemany')
class _:
    def setup():
        import csv
        import sqlite3
        fixture("k_meters.csv", build_csv)

    def bad():
        import csv
        import sqlite3

        def load_meters(source, database):
            with open(source, newline="") as lines, sqlite3.connect(database) as db:
                db.execute("CREATE TABLE meter (id INTEGER PRIMARY KEY, address TEXT, reading REAL)")
                rows = [(int(number), address, float(reading)) for number, address, reading in csv.reader(lines)]
                db.executemany("INSERT INTO meter VALUES (?, ?, ?)", rows)
                return db.execute("SELECT count(*), sum(reading) FROM meter").fetchone()

        with tempfile.TemporaryDirectory() as folder:
            count, total = load_meters(os.path.join(D, "k_meters.csv"), os.path.join(folder, "meters.db"))
        print(f"{count} meters, {total:.2f} kWh")
        return count

    def good():
        import csv
        import sqlite3

        def load_meters(source, database):
            with open(source, newline="") as lines, sqlite3.connect(database) as db:
                db.execute("CREATE TABLE meter (id INTEGER PRIMARY KEY, address TEXT, reading REAL)")
                rows = ((int(number), address, float(reading)) for number, address, reading in csv.reader(lines))
                db.executemany("INSERT INTO meter VALUES (?, ?, ?)", rows)
                return db.execute("SELECT count(*), sum(reading) FROM meter").fetchone()

        with tempfile.TemporaryDirectory() as folder:
            count, total = load_meters(os.path.join(D, "k_meters.csv"), os.path.join(folder, "meters.db"))
        print(f"{count} meters, {total:.2f} kWh")
        return count


if __name__ == "__main__":
    kept = run()
