"""Dataset browser: shows the first rows of every daily partition of taxi trips."""
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from harness import case, run

DAYS = 36
TRIPS_A_DAY = 150_000
PREVIEW_ROWS = 25


class TripPartitions:
    def __init__(self, days, rows):
        self.days = days
        self.rows = rows

    def load(self, day):
        rng = np.random.default_rng(day)
        return pa.table({
            "pickup": pa.array(np.sort(rng.integers(0, 86_400, self.rows, dtype=np.int64))),
            "distance": pa.array(rng.random(self.rows) * 30),
        })

    def __iter__(self):
        for day in range(self.days):
            yield f"2024-01-{day + 1:02d}", self.load(day)


class Preview:
    def __init__(self, name, total, head):
        self.name = name
        self.total = total
        self.head = head

    def first_pickup(self):
        return self.head["pickup"][0].as_py()


class DatasetBrowser:
    def __init__(self):
        self.previews = {}

    def head_of(self, table):
        return table.slice(0, PREVIEW_ROWS)

    def open(self, partitions):
        for name, table in partitions:
            self.previews[name] = Preview(name, table.num_rows, self.head_of(table))

    def describe(self):
        rows = sum(p.head.num_rows for p in self.previews.values())
        miles = sum(pc.sum(p.head["distance"]).as_py() for p in self.previews.values())
        earliest = min(p.first_pickup() for p in self.previews.values())
        total = sum(p.total for p in self.previews.values())
        return f"{total} trips, {rows} shown, {miles:.1f} miles, earliest at second {earliest}"


class CompactBrowser(DatasetBrowser):
    def head_of(self, table):
        return table.take(pa.array(range(PREVIEW_ROWS)))


def browse(browser):
    browser.open(TripPartitions(DAYS, TRIPS_A_DAY))
    print(browser.describe())
    return browser


@case("ad 04 trip previews")
class _:
    def bad():
        return browse(DatasetBrowser())

    def good():
        return browse(CompactBrowser())


if __name__ == "__main__":
    kept = run()
