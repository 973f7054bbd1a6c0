"""Parking meter backend: settles the payments of the last weeks, one sqlite file a day."""
import os
import random
import shutil
import sqlite3
import sys
import tempfile

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
DAYS_DIR = os.path.join(BASE, "zz-parking")
DAYS = 34
TARIFF = {1: 220, 2: 180, 3: 120, 4: 60}


def make_inputs():
    rng = random.Random(88)
    tmp = DAYS_DIR + ".tmp"
    shutil.rmtree(tmp, ignore_errors=True)
    os.makedirs(tmp)
    for day in range(DAYS):
        conn = sqlite3.connect(os.path.join(tmp, f"day-{day:03d}.db"))
        conn.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF")
        conn.execute("CREATE TABLE payment (id INTEGER PRIMARY KEY, meter INT, zone INT, minute INT, "
                     "minutes INT, cents INT, plate TEXT)")
        conn.executemany(
            "INSERT INTO payment (meter, zone, minute, minutes, cents, plate) VALUES (?, ?, ?, ?, ?, ?)",
            ((rng.randrange(1, 2400), rng.randint(1, 4), rng.randrange(420, 1320), rng.randrange(5, 300),
              rng.randrange(20, 1500), f"{rng.choice('BHMKS')}-{rng.randrange(36**4):06X}")
             for _ in range(rng.randint(38_000, 52_000))))
        conn.execute("CREATE INDEX by_meter ON payment (meter, minute)")
        conn.commit()
        conn.close()
    os.rename(tmp, DAYS_DIR)


def connect(path):
    conn = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    conn.execute("PRAGMA cache_size = -4000")
    return conn


class DayStoreBad:
    """Connections by day, so that a day that is asked for again need not be opened again."""

    def __init__(self, folder):
        self.folder = folder
        self._open = {}

    def day(self, day):
        conn = self._open.get(day)
        if conn is None:
            conn = connect(os.path.join(self.folder, f"day-{day:03d}.db"))
            self._open[day] = conn
        return conn

    def opened(self):
        return len(self._open) > 0


class DayStoreGood:
    """One connection, to the day that is being worked on."""

    def __init__(self, folder):
        self.folder = folder
        self._current = None
        self._conn = None

    def day(self, day):
        if day != self._current:
            if self._conn is not None:
                self._conn.close()
            self._conn = connect(os.path.join(self.folder, f"day-{day:03d}.db"))
            self._current = day
        return self._conn

    def opened(self):
        return self._conn is not None


class Settlement:
    def __init__(self, store):
        self.store = store
        self.due = {zone: 0 for zone in TARIFF}
        self.paid = {zone: 0 for zone in TARIFF}
        self.suspicious = 0

    def _zones(self, conn):
        for zone, minutes, cents in conn.execute(
                "SELECT zone, sum(minutes), sum(cents) FROM payment GROUP BY zone"):
            self.due[zone] += minutes * TARIFF[zone] // 60
            self.paid[zone] += cents

    def _spot_checks(self, conn, day):
        rng = random.Random(day)
        for _ in range(150):
            row = conn.execute("SELECT count(*), coalesce(sum(minutes), 0) FROM payment WHERE meter = ?",
                               (rng.randrange(1, 2400),)).fetchone()
            if row[1] > 180 * max(1, row[0]):
                self.suspicious += 1

    def settle(self, day):
        self._zones(self.store.day(day))
        self._spot_checks(self.store.day(day), day)


def main(mode):
    if not os.path.isdir(DAYS_DIR):
        os.makedirs(BASE, exist_ok=True)
        pid = os.fork()
        if pid == 0:
            make_inputs()
            os._exit(0)
        os.waitpid(pid, 0)
    store = DayStoreBad(DAYS_DIR) if mode == "bad" else DayStoreGood(DAYS_DIR)
    settlement = Settlement(store)
    for day in range(DAYS):
        settlement.settle(day)
    print("due", sum(settlement.due.values()), "paid", sum(settlement.paid.values()),
          "suspicious", settlement.suspicious, "store", store.opened())
    return settlement


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
