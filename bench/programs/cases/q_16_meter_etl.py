"""ETL of meter readings: JSONL is validated, scaled by the highest peak of the file, and loaded into SQLite."""
import itertools
import json
import os
import random
import sqlite3
import sys
import tempfile

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
SOURCE = os.path.join(BASE, "r_meters.jsonl")


def write_source():
    rng = random.Random(77)
    with open(SOURCE + ".part", "w") as out:
        for n in range(60000):
            record = {"meter": f"M{rng.randrange(10**8):08d}", "day": f"2025-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}",
                      "kwh": [round(rng.expovariate(1 / 0.4), 3) for _ in range(24)],
                      "peak": round(rng.expovariate(1 / 3) + 0.1, 3), "state": rng.choice(["ok", "ok", "ok", "est", "bad"])}
            out.write(json.dumps(record) + "\n")
    os.rename(SOURCE + ".part", SOURCE)


def ensure_source():
    os.makedirs(BASE, exist_ok=True)
    if not os.path.exists(SOURCE):
        pid = os.fork()
        if pid == 0:
            write_source()
            os._exit(0)
        os.waitpid(pid, 0)


def read(path):
    with open(path) as lines:
        for line in lines:
            yield json.loads(line)


def valid(record):
    return record["state"] != "bad" and len(record["kwh"]) == 24 and record["peak"] > 0


class Profile:
    """What the loader must know of the whole file beforehand."""

    def __init__(self):
        self.count = 0
        self.rejected = 0
        self.peak = 0.0

    def scan(self, records):
        for record in records:
            self.count += 1
            if valid(record):
                self.peak = max(self.peak, record["peak"])
            else:
                self.rejected += 1
        return self


class Source:
    def __init__(self, path):
        self.path = path

    def streams_bad(self):
        return itertools.tee(read(self.path))

    def streams_good(self):
        return read(self.path), read(self.path)


class Loader:
    def __init__(self, db):
        self.db = db
        db.execute("create table reading(meter text, day text, total real, relative real)")

    def rows(self, records, profile):
        for record in records:
            if valid(record):
                yield record["meter"], record["day"], sum(record["kwh"]), record["peak"] / profile.peak

    def load(self, records, profile):
        self.db.executemany("insert into reading values(?,?,?,?)", self.rows(records, profile))
        self.db.commit()


def run(source, loader):
    first, second = source.streams_bad() if ARM == "bad" else source.streams_good()
    profile = Profile().scan(first)
    loader.load(second, profile)
    return profile


def main():
    ensure_source()
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(os.path.join(folder, "meters.db"))
        profile = run(Source(SOURCE), Loader(db))
        count, total, relative = db.execute("select count(*), sum(total), sum(relative) from reading").fetchone()
        db.close()
    print("read", profile.count, "rejected", profile.rejected, "loaded", count, "kwh", round(total, 2),
          "relative", round(relative, 3))


if __name__ == "__main__":
    main()
