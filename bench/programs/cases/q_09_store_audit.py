"""Audit of shops: each shop's receipts are joined with deliveries in a scratch SQL database."""
import atexit
import contextlib
import random
import sqlite3
import sys

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
SCHEMA = """
create table receipt(id integer primary key, sku text, qty integer, cents integer, clerk text);
create table delivery(sku text, qty integer, note text);
create index receipt_sku on receipt(sku);
"""


class Shop:
    def __init__(self, number):
        self.number = number
        self.rng = random.Random(1000 + number)
        self.skus = [f"SKU-{self.rng.randrange(10**7):07d}" for _ in range(700)]

    def receipts(self):
        rng = self.rng
        for n in range(rng.randrange(9000, 15000)):
            yield n, rng.choice(self.skus), rng.randrange(1, 9), rng.randrange(50, 9000), f"clerk-{rng.getrandbits(44):x}"

    def deliveries(self):
        rng = self.rng
        for sku in self.skus:
            yield sku, rng.randrange(20, 140), f"pallet {rng.getrandbits(64):x}"


class Findings:
    def __init__(self):
        self.missing = 0
        self.turnover = 0
        self.worst = []

    def add(self, shop, missing, turnover, worst):
        self.missing += missing
        self.turnover += turnover
        self.worst.append((worst, shop.number))


def fill(db, shop):
    db.executemany("insert into receipt values(?,?,?,?,?)", shop.receipts())
    db.executemany("insert into delivery values(?,?,?)", shop.deliveries())
    db.commit()


def gaps(db):
    return db.execute(
        "select d.sku, d.qty - coalesce(sum(r.qty), 0) as gap from delivery d"
        " left join receipt r on r.sku = d.sku group by d.sku, d.qty having gap < 0"
        " order by gap, d.sku").fetchall()


def examine(db, shop, findings):
    fill(db, shop)
    rows = gaps(db)
    turnover = db.execute("select sum(qty * cents) from receipt").fetchone()[0]
    findings.add(shop, -sum(r[1] for r in rows), turnover, rows[0][1] if rows else 0)


@contextlib.contextmanager
def scratch_bad():
    db = sqlite3.connect(":memory:")
    atexit.register(db.close)
    db.executescript(SCHEMA)
    yield db


@contextlib.contextmanager
def scratch_good():
    db = sqlite3.connect(":memory:")
    try:
        db.executescript(SCHEMA)
        yield db
    finally:
        db.close()


class Audit:
    def __init__(self):
        self.findings = Findings()
        self.scratch = scratch_bad if ARM == "bad" else scratch_good

    def visit(self, number):
        shop = Shop(number)
        with self.scratch() as db:
            examine(db, shop, self.findings)


def main():
    audit = Audit()
    for number in range(80):
        audit.visit(number)
    found = audit.findings
    print("shops", len(found.worst), "missing", found.missing, "turnover", found.turnover, "worst", min(found.worst))
    return audit


if __name__ == "__main__":
    audit = main()
