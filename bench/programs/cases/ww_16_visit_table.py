"""Keeps a site's visits in memory as an Arrow table, to answer ad hoc questions."""
from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from harness import case, fixture, run

TEXTS = ["agent", "page"]


def write_visits(path, rows=400_000):
    rng = np.random.default_rng(8)
    agents = np.array([f"Mozilla/5.0 (platform {n}; build {n * 31}) Engine/{n}.0" for n in range(60)])
    pages = np.array([f"/catalogue/section-{n % 9}/article-{n}" for n in range(300)])
    table = pa.table({
        "seconds": pa.array(rng.integers(0, 86_400, rows, dtype=np.int32)),
        "agent": pa.array(agents[rng.integers(0, 60, rows)]),
        "page": pa.array(pages[rng.integers(0, 300, rows)]),
    })
    pq.write_table(table, path)


class Visits:
    def __init__(self, path):
        self.table = self.read(path)

    def read(self, path):
        return pq.read_table(path)

    def busiest(self, column, first=100_000):
        values = self.table.column(column).slice(0, first).to_pylist()
        return Counter(values).most_common(1)[0]

    def mean_time(self):
        return round(float(np.mean(self.table.column("seconds").to_numpy())), 3)


class EncodedVisits(Visits):
    def read(self, path):
        return pq.read_table(path, read_dictionary=TEXTS)


def answer(kind):
    visits = kind(fixture("ww_16_visits4.parquet", write_visits))
    print(visits.table.num_rows, visits.busiest("page"), visits.busiest("agent")[1], visits.mean_time())
    return visits


@case("ww 16 visit table")
class _:
    def bad():
        return answer(Visits)

    def good():
        return answer(EncodedVisits)


if __name__ == "__main__":
    kept = run()
