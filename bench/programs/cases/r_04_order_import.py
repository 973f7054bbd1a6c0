"""Order import: CSV batches are validated, priced and totalled; refused rows go to a dead-letter list."""
import csv
import itertools
import os
import random
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

CASES = os.path.join(tempfile.gettempdir(), "memory-cases")
ORDERS = os.path.join(CASES, "ss-orders.csv")
FIELDS = ["order_id", "customer", "sku", "quantity", "unit_price", "ordered", "comment"]


def write_orders(path):
    rng = random.Random(404)
    names = ["".join(rng.choices("abcdefghiklmnoprstuvw", k=rng.randint(4, 9))) for _ in range(3000)]
    with open(path, "w", newline="") as out:
        w = csv.writer(out)
        w.writerow(FIELDS)
        for i in range(120000):
            price = "%.2f" % rng.uniform(1, 400)
            if i % 480 == 277:
                price = rng.choice(["n/a", "", "12,50", "free"])
            w.writerow([i, rng.choice(names) + " " + rng.choice(names), "SKU%06d" % rng.randint(0, 50000),
                        rng.randint(1, 60), price, "2025-%02d-%02d" % (rng.randint(1, 12), rng.randint(1, 28)),
                        " ".join(rng.choices(names, k=rng.randint(2, 9)))])


def ensure_input(path, writer):
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    pid = os.fork()
    if pid == 0:
        writer(path + ".part")
        os.replace(path + ".part", path)
        os._exit(0)
    os.waitpid(pid, 0)


class RowError(ValueError):
    def __init__(self, order_id, reason):
        super().__init__("order %s: %s" % (order_id, reason))
        self.order_id = order_id


@dataclass
class Reject:
    batch: int
    order_id: str
    error: object


class DeadLetters:
    def __init__(self):
        self.items = []

    def add_bad(self, batch, error):
        self.items.append(Reject(batch, error.order_id, error))

    def add_good(self, batch, error):
        self.items.append(Reject(batch, error.order_id, str(error)))

    def report(self):
        return [str(item.error) for item in self.items]


class Converter:
    def price(self, row):
        try:
            return Decimal(row["unit_price"])
        except InvalidOperation as err:
            raise RowError(row["order_id"], "bad price %r" % row["unit_price"]) from err

    def convert(self, row):
        return date.fromisoformat(row["ordered"]), self.price(row) * int(row["quantity"])


class Importer:
    def __init__(self, mode):
        self.letters = DeadLetters()
        self.refuse = self.letters.add_bad if mode == "bad" else self.letters.add_good
        self.converter = Converter()
        self.totals = {}

    def batches(self, reader, size=500):
        while batch := list(itertools.islice(reader, size)):
            yield batch

    def process(self, number, rows):
        rows.sort(key=lambda r: r["customer"])
        for row in rows:
            try:
                day, amount = self.converter.convert(row)
            except RowError as err:
                self.refuse(number, err)
                continue
            month = (day.year, day.month)
            self.totals[month] = self.totals.get(month, Decimal(0)) + amount

    def run(self, path):
        with open(path, newline="") as source:
            for number, rows in enumerate(self.batches(csv.DictReader(source))):
                self.process(number, rows)


IMPORTER = None


def main(mode):
    global IMPORTER
    ensure_input(ORDERS, write_orders)
    IMPORTER = Importer(mode)
    IMPORTER.run(ORDERS)
    report = IMPORTER.letters.report()
    print("total %s, %d rejects, last: %s" % (sum(IMPORTER.totals.values()), len(report), report[-1]))


if __name__ == "__main__":
    main(sys.argv[1])
