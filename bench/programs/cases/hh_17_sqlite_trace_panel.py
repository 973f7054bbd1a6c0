"""A stock ledger on SQLite with a debug panel that shows what the database was asked."""
import random
import re
import sqlite3
from collections import Counter, deque

from harness import CASES, D, case, fixture, run


class TracePanel:
    """What the panel shows: number of statements, the most frequent ones, the last ones."""
    shown = 25

    def __init__(self):
        self.statements = []

    def attach(self, connection):
        connection.set_trace_callback(self.on_statement)
        return self

    def on_statement(self, sql):
        self.statements.append(sql)

    @staticmethod
    def fingerprint(sql):
        return re.sub(r"'[^']*'|\b\d+(\.\d+)?\b", "?", sql[:60])

    def total(self):
        return len(self.statements)

    def frequent(self):
        return Counter(map(self.fingerprint, self.statements)).most_common(3)

    def last(self):
        return self.statements[-self.shown:]


class SummaryPanel(TracePanel):
    def __init__(self):
        self.statements = deque(maxlen=self.shown)
        self.counts = Counter()

    def on_statement(self, sql):
        self.statements.append(sql)
        self.counts[self.fingerprint(sql)] += 1

    def total(self):
        return self.counts.total()

    def frequent(self):
        return self.counts.most_common(3)

    def last(self):
        return list(self.statements)


class Ledger:
    def __init__(self, panel):
        self.db = sqlite3.connect(":memory:")
        self.db.execute("create table movement (item text primary key, qty int, note text)")
        self.panel = panel.attach(self.db)

    def move(self, item, qty, note):
        with self.db:
            self.db.execute(
                "insert into movement values (?, ?, ?) on conflict (item) do update "
                "set qty = qty + excluded.qty, note = excluded.note", (item, qty, note))

    def stock(self, item):
        row = self.db.execute("select qty from movement where item = ?", (item,)).fetchone()
        return row[0] if row else 0


def delivery_note(rng, number):
    lines = (f"pallet {rng.randrange(10 ** 6)} bay {rng.randrange(99)} lot {rng.getrandbits(64):x}"
             for _ in range(70))
    return f"delivery {number}: " + "; ".join(lines)


def shift(panel, moves=12_000):
    rng = random.Random(17)
    ledger = Ledger(panel)
    notes = [delivery_note(rng, n) for n in range(200)]
    for n in range(moves):
        item = f"sku-{rng.randrange(300):04d}"
        ledger.move(item, rng.randrange(-5, 20), notes[rng.randrange(200)])
        if n % 4 == 0:
            ledger.stock(item)
    return ledger, panel.total(), panel.frequent(), panel.last()


@case('17 every SQL statement kept for a debug panel')
class _:
    def bad():
        return shift(TracePanel())

    def good():
        return shift(SummaryPanel())


if __name__ == "__main__":
    kept = run()
