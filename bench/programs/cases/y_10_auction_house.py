"""Auction house: closing report of one sale day, written from the journal of bids."""
import itertools
import os
import random
import struct
import sys
import tempfile
from typing import NamedTuple

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
JOURNAL = os.path.join(BASE, "zz-auction.journal")
RECORD = struct.Struct("<dIIIB")
LOTS = 900


def make_inputs():
    rng = random.Random(17)
    price = [rng.randint(2000, 90_000) for _ in range(LOTS)]
    now = 0.0
    with open(JOURNAL + ".tmp", "wb") as fh:
        for _ in range(420_000):
            now += rng.expovariate(12)
            lot = min(LOTS - 1, int(rng.triangular(0, LOTS, now / 40)))
            price[lot] += rng.randint(1, 500)
            fh.write(RECORD.pack(now, lot, rng.randrange(1, 30_000), price[lot], rng.random() < 0.03))
    os.rename(JOURNAL + ".tmp", JOURNAL)


class Bid(NamedTuple):
    at: float
    lot: int
    bidder: int
    cents: int
    withdrawn: bool


class Journal:
    def __init__(self, path):
        self.path = path

    def _records(self):
        with open(self.path, "rb") as fh:
            while chunk := fh.read(RECORD.size * 512):
                yield from RECORD.iter_unpack(chunk)

    def bids(self):
        for at, lot, bidder, cents, withdrawn in self._records():
            yield Bid(at, lot, bidder, cents, bool(withdrawn))


class Totals:
    def __init__(self):
        self.count = 0
        self.best = [0] * LOTS
        self.last = 0.0

    def add(self, bid):
        self.count += 1
        self.last = bid.at
        if not bid.withdrawn and bid.cents > self.best[bid.lot]:
            self.best[bid.lot] = bid.cents


class ClosingReport:
    """Totals come first on the page, then the lines of the strong bids."""

    def __init__(self, journal, mode):
        self.journal = journal
        self.prepare = self._prepare_bad if mode == "bad" else self._prepare_good

    def _totals(self, bids):
        totals = Totals()
        for bid in bids:
            totals.add(bid)
        return totals

    def _prepare_bad(self):
        first, second = itertools.tee(self.journal.bids())
        totals = self._totals(first)
        return totals, second

    def _prepare_good(self):
        totals = self._totals(self.journal.bids())
        return totals, self.journal.bids()

    def write(self, out):
        totals, bids = self.prepare()
        out.write(f"bids {totals.count} turnover {sum(totals.best)}\n")
        strong = 0
        for bid in bids:
            if bid.cents >= totals.best[bid.lot] * 0.9 and bid.at > totals.last / 2:
                out.write(f"{bid.at:.1f};{bid.lot};{bid.bidder};{bid.cents}\n")
                strong += 1
        return totals, strong


def main(mode):
    if not os.path.exists(JOURNAL):
        os.makedirs(BASE, exist_ok=True)
        pid = os.fork()
        if pid == 0:
            make_inputs()
            os._exit(0)
        os.waitpid(pid, 0)
    report = ClosingReport(Journal(JOURNAL), mode)
    with tempfile.TemporaryFile("w") as out:
        totals, strong = report.write(out)
        size = out.tell()
    print("bids", totals.count, "turnover", sum(totals.best), "strong", strong, "bytes", size)
    return report


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
