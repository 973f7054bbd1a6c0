import csv
import os
import sqlite3

from harness import D, case, fixture, run


def build(path):
    connection = sqlite3.connect(path)
    connection.execute("create table stop_times (trip text, stop text, arrival text, seq integer, note text)")
    connection.executemany(
        "insert into stop_times values (?, ?, ?, ?, ?)",
        (("trip-%06d" % (n // 20), "stop-%05d" % (n % 9973), "%02d:%02d:00" % (n % 24, n % 60), n % 20,
          "platform %d" % (n % 12)) for n in range(220_000)),
    )
    connection.commit()
    connection.close()


def query(path):
    connection = sqlite3.connect(path)
    return connection.execute("select trip, stop, arrival, seq, note from stop_times order by rowid")


def export(rows):
    out = os.path.join(D, "nn_13_%d.csv" % os.getpid())
    with open(out, "w", newline="") as f:
        writer = csv.writer(f)
        for trip, stop, arrival, seq, note in rows:
            writer.writerow((trip, seq, stop, arrival, note))
    print("bytes", os.path.getsize(out))
    os.remove(out)


@case("nn 13 stop times export")
class _:
    def bad():
        export(query(fixture("nn_13_stops.db", build)).fetchall())

    def good():
        export(query(fixture("nn_13_stops.db", build)))


if __name__ == "__main__":
    kept = run()
