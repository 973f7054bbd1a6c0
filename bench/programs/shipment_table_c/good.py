"""Keep a year of shipments in memory and answer range queries."""
import bisect
import csv
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

N_ROWS = 170_000
DEPOTS = [f"DE-{city}-distribution-centre" for city in ("Berlin", "Hamburg", "Koeln", "Leipzig", "Ulm")]
CARRIERS = ("Northern Freight GmbH", "Kurier Express AG", "Rail & Road Logistics")
STATES = ("delivered", "returned to sender", "lost in transit", "damaged on arrival")


def write_table(path):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        for n in range(N_ROWS):
            state = STATES[(n * 31 % 97) % 4 if n % 9 == 0 else 0]
            writer.writerow([n * 3, DEPOTS[n % 5], DEPOTS[n * 7 % 4], CARRIERS[n % 3], state, n * 17 % 4000])


@dataclass(slots=True, frozen=True)
class Shipment:
    minute: int
    origin: str
    target: str
    carrier: str
    state: str
    grams: int


def parse(row):
    minute, origin, target, carrier, state, grams = row
    return Shipment(
        int(minute),
        sys.intern(origin),
        sys.intern(target),
        sys.intern(carrier),
        sys.intern(state),
        int(grams),
    )


class ShipmentTable:
    """Rows arrive sorted by minute; queries bisect on it."""

    def __init__(self, path):
        with open(path, newline="") as src:
            self._rows = [parse(row) for row in csv.reader(src)]

    def between(self, start, stop):
        lo = bisect.bisect_left(self._rows, start, key=lambda s: s.minute)
        hi = bisect.bisect_left(self._rows, stop, key=lambda s: s.minute)
        return (self._rows[i] for i in range(lo, hi))

    def states(self, start, stop):
        return Counter(s.state for s in self.between(start, stop))

    def weight(self, carrier, origin, start, stop):
        rows = self.between(start, stop)
        return sum(s.grams for s in rows if s.carrier == carrier and s.origin == origin)


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = Path(tmp) / "shipments.csv"
        write_table(path)
        table = ShipmentTable(path)
    span = N_ROWS * 3 // 4
    for quarter in range(4):
        start = quarter * span
        print("quarter", quarter + 1, sorted(table.states(start, start + span).items()))
        for carrier in CARRIERS:
            print("  ", carrier, table.weight(carrier, DEPOTS[quarter], start, start + span))


if __name__ == "__main__":
    main()
