"""Daily and per-meter report from the readings in a SQLite database."""
import os
import sqlite3
import tempfile
from collections import defaultdict

N_ROWS = 200_000
N_METERS = 300


def fill_database(path):
    conn = sqlite3.connect(path)
    conn.execute("create table reading (id integer primary key, meter text, ts text,"
                 " kwh real, voltage real, status text)")
    rows = ((i, f"M{i % N_METERS:04d}", f"2024-03-{1 + i // 8000:02d}T{i % 24:02d}:00:00",
             ((i * 37) % 400) / 4, 229.0 + (i % 7) / 4, "ok" if i % 53 else "estimated")
            for i in range(N_ROWS))
    conn.executemany("insert into reading values (?, ?, ?, ?, ?, ?)", rows)
    conn.commit()
    return conn


def load_readings(conn):
    """The readings, each as a dict."""
    cursor = conn.execute("select * from reading order by id")
    names = [d[0] for d in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]


def daily_totals(readings):
    totals = defaultdict(float)
    for r in readings:
        totals[r["ts"][:10]] += r["kwh"]
    return totals


def estimated_share(readings):
    seen = defaultdict(int)
    estimated = defaultdict(int)
    for r in readings:
        seen[r["meter"]] += 1
        estimated[r["meter"]] += r["status"] == "estimated"
    return {m: estimated[m] / seen[m] for m in seen}


def main():
    with tempfile.TemporaryDirectory() as tmp:
        conn = fill_database(os.path.join(tmp, "meters.db"))
        readings = load_readings(conn)
        totals = daily_totals(readings)
        share = estimated_share(readings)
        conn.close()
    for day in sorted(totals)[:6]:
        print(day, "%.2f" % totals[day])
    worst = sorted(share.items(), key=lambda kv: (-kv[1], kv[0]))[:5]
    for meter, value in worst:
        print(meter, "%.4f" % value)


if __name__ == "__main__":
    main()
