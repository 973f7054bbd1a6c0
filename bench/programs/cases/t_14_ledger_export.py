"""Nightly export: streams the booked entries out of a CSV dump, converts them and audits the run."""
import csv
import itertools
import os
import random
import sys
import tempfile
import zlib
from decimal import Decimal

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
DUMP = os.path.join(tempfile.gettempdir(), "memory-cases", "uu-ledger.csv")
FIELDS = ["entry", "account", "contra", "booked", "amount", "currency", "text"]


def write_dump(path):
    rng = random.Random(1414)
    reasons = ["salary", "rent", "card payment", "transfer", "fee", "interest", "refund", "standing order"]
    with open(path + ".tmp", "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(FIELDS)
        for n in range(75_000):
            writer.writerow([f"E{n:09d}", f"DE{rng.randint(10**17, 10**18)}", f"DE{rng.randint(10**17, 10**18)}",
                             f"2024-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
                             f"{rng.randint(-900000, 900000) / 100:.2f}", rng.choice(["EUR", "EUR", "USD", "CHF"]),
                             f"{rng.choice(reasons)} {rng.getrandbits(40):x}"])
    os.rename(path + ".tmp", path)


def ensure_dump():
    os.makedirs(os.path.dirname(DUMP), exist_ok=True)
    if not os.path.exists(DUMP):
        pid = os.fork()
        if pid == 0:
            write_dump(DUMP)
            os._exit(0)
        os.waitpid(pid, 0)


class Audit:
    """Control totals of a run: they must agree with the ledger's own."""

    def __init__(self):
        self.entries = 0
        self.totals = {}

    def note(self, row):
        self.entries += 1
        currency = row["currency"]
        self.totals[currency] = self.totals.get(currency, Decimal(0)) + Decimal(row["amount"])

    def through(self, rows):
        for row in rows:
            self.note(row)
            yield row

    def run(self, rows):
        for row in rows:
            self.note(row)


class Sink:
    """Stands for the upload: takes blocks of lines, keeps size and checksum."""

    def __init__(self, block=400):
        self.block = block
        self.lines = []
        self.size = self.crc = 0

    def write(self, line):
        self.lines.append(line)
        if len(self.lines) >= self.block:
            self.flush()

    def flush(self):
        data = zlib.compress("\n".join(self.lines).encode(), 1)
        self.size += len(data)
        self.crc = zlib.crc32(data, self.crc)
        self.lines.clear()


def read_rows(path):
    with open(path, newline="") as source:
        yield from csv.DictReader(source)


def booked_only(rows, months):
    for row in rows:
        if row["booked"][5:7] in months:
            yield row


def convert(rows):
    for row in rows:
        cents = int(Decimal(row["amount"]) * 100)
        yield f"{row['entry']};{row['account'][2:]};{row['contra'][2:]};{cents:+d};{row['currency']};{row['text'].upper()}"


class Export:
    def __init__(self, sink):
        self.sink = sink
        self.audit = Audit()

    def send(self, rows):
        for line in convert(rows):
            self.sink.write(line)
        self.sink.flush()

    def run_bad(self, rows):
        outgoing, control = itertools.tee(rows)
        self.send(outgoing)
        self.audit.run(control)

    def run_good(self, rows):
        self.send(self.audit.through(rows))


def main():
    ensure_dump()
    export = Export(Sink())
    rows = booked_only(read_rows(DUMP), {f"{month:02d}" for month in range(1, 13)})
    if ARM == "bad":
        export.run_bad(rows)
    else:
        export.run_good(rows)
    totals = " ".join(f"{currency}={amount}" for currency, amount in sorted(export.audit.totals.items()))
    print(f"entries={export.audit.entries} size={export.sink.size} crc={export.sink.crc:08x} {totals}")


if __name__ == "__main__":
    main()
