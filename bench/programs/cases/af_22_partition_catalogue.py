"""Catalogue of a data lake: for each partition its figures and a few example rows, to be shown in a browser."""
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from harness import case, run

KINDS = pa.array(["view", "click", "order", "return"])


def partition(day, rows):
    """The events of a day as they come from the collector."""
    n = np.arange(rows, dtype=np.int64)
    kinds = pa.DictionaryArray.from_arrays(pa.array((n * 7 + day) % 4, pa.int8()), KINDS)
    return pa.table({
        "time": pa.array(n * 1700 + day * 86_400_000, pa.timestamp("ms")),
        "user": pa.array(n * 7919 % 50_021 + day),
        "kind": kinds,
        "amount": pa.array((n * 31 + day * 17) % 9000 / 100),
        "session": pa.array(n // 9 + day * 100_000),
    })


@dataclass
class Entry:
    name: str
    rows: int
    users: int
    amount: float
    last: object
    example: pa.Table


class Examples:
    """Chooses the rows that are shown for a partition."""

    def __init__(self, count):
        self.count = count

    def start(self, table):
        return max(0, table.num_rows // 2 - self.count)

    def of(self, table):
        return table.slice(self.start(table), self.count)


class TakenExamples(Examples):
    def of(self, table):
        first = self.start(table)
        return table.take(pa.array(range(first, min(first + self.count, table.num_rows))))


class Catalogue:
    def __init__(self, examples):
        self.examples = examples
        self.entries = {}

    def register(self, name, table):
        self.entries[name] = Entry(
            name=name,
            rows=table.num_rows,
            users=pc.count_distinct(table["user"]).as_py(),
            amount=pc.sum(table["amount"]).as_py(),
            last=pc.max(table["time"]).as_py(),
            example=self.examples.of(table),
        )

    def page(self, name, lines=2):
        entry = self.entries[name]
        yield f"{name}: rows {entry.rows} users {entry.users} amount {entry.amount:.2f} last {entry.last:%d %H:%M}"
        for row in entry.example.slice(0, lines).to_pylist():
            yield f"   {row['time']:%H:%M:%S} {row['user']} {row['kind']} {row['amount']:.2f}"


def crawl(examples):
    catalogue = Catalogue(examples)
    for day in range(26):
        catalogue.register(f"events/day={day:02d}", partition(day, 150_000 + day * 211))
    for name in list(catalogue.entries)[::9]:
        print("\n".join(catalogue.page(name)))
    print("partitions", len(catalogue.entries), "rows", sum(e.rows for e in catalogue.entries.values()))
    return catalogue


@case("af 22 partition catalogue")
class _:
    def bad():
        return crawl(Examples(40))

    def good():
        return crawl(TakenExamples(40))


if __name__ == "__main__":
    kept = run()
