import duckdb
import numpy as np

from harness import case, run

STOPS = 480_000


def timetable():
    db = duckdb.connect(config={"threads": 1})
    db.execute(
        f"""create table stop as
        select cast(n % 23 as integer) as line,
               cast(n * 7919 % 1440 as double) as planned,
               cast(n * 7919 % 1440 + n * 31 % 97 / 8.0 as double) as actual
        from range({STOPS}) r(n)"""
    )
    return db


class DelayReport:
    query = "select line, planned, actual from stop"

    def __init__(self, db):
        self.line, self.planned, self.actual = self.load(db.execute(self.query))

    def load(self, result):
        rows = result.fetchall()
        return (
            np.fromiter((row[0] for row in rows), dtype=np.int32, count=len(rows)),
            np.fromiter((row[1] for row in rows), dtype=np.float64, count=len(rows)),
            np.fromiter((row[2] for row in rows), dtype=np.float64, count=len(rows)),
        )

    def show(self):
        delay = self.actual - self.planned
        share = np.bincount(self.line, weights=delay > 10) / np.bincount(self.line)
        print(len(delay), "stops, median", np.median(delay), "worst line", int(share.argmax()))


class ColumnDelayReport(DelayReport):
    def load(self, result):
        columns = result.fetchnumpy()
        return columns["line"], columns["planned"], columns["actual"]


def report(kind, db):
    delays = kind(db)
    delays.show()
    return delays


@case("qq 24 tram delays")
class _:
    def setup():
        _.db = timetable()

    def bad():
        return report(DelayReport, _.db)

    def good():
        return report(ColumnDelayReport, _.db)


if __name__ == "__main__":
    kept = run()
