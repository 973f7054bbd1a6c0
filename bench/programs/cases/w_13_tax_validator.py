"""Tax return validator: cross-checks all returns of an office for one year."""
import os
import random
import sqlite3
import sys
import tempfile

from sqlalchemy import LargeBinary, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")


class Model(DeclarativeBase):
    pass


class TaxReturn(Model):
    __tablename__ = "tax_return"
    ident: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[int]
    year: Mapped[int]
    taxpayer: Mapped[str]
    spouse: Mapped[str]
    income: Mapped[int]
    withheld: Mapped[int]
    donations: Mapped[int]
    scan: Mapped[bytes] = mapped_column(LargeBinary)


FIGURES = (TaxReturn.ident, TaxReturn.taxpayer, TaxReturn.spouse, TaxReturn.income, TaxReturn.withheld, TaxReturn.donations)


def build_returns(path):
    rng = random.Random(19)
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE tax_return (ident INTEGER PRIMARY KEY, office INTEGER, year INTEGER, taxpayer TEXT, "
               "spouse TEXT, income INTEGER, withheld INTEGER, donations INTEGER, scan BLOB)")
    names = [f"{rng.getrandbits(40):010x}" for _ in range(9000)]
    for ident in range(7000):
        income = int(rng.lognormvariate(10.4, 0.6))
        taxpayer = names[ident] if rng.random() < 0.99 else rng.choice(names)
        spouse = rng.choice(names) if rng.random() < 0.2 else ""
        db.execute("INSERT INTO tax_return VALUES (?,?,?,?,?,?,?,?,?)",
                   (ident, ident % 2, 2021 + ident % 3 // 2, taxpayer, spouse, income, int(income * rng.uniform(0.1, 0.45)),
                    int(rng.expovariate(1 / 400)), b"%PDF-1.7" + rng.randbytes(rng.randrange(25_000, 60_000))))
    db.commit()
    db.close()


def prepared(name, build):
    path = os.path.join(BASE, name)
    if not os.path.exists(path):
        pid = os.fork()
        if pid == 0:
            try:
                os.makedirs(BASE, exist_ok=True)
                build(path + ".part")
                os.rename(path + ".part", path)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
    return path


class ReturnStore:
    def __init__(self, path):
        self.engine = create_engine(f"sqlite:///{path}")

    def returns_bad(self, session, office, year):
        query = select(TaxReturn).where(TaxReturn.office == office, TaxReturn.year == year)
        return session.scalars(query.order_by(TaxReturn.ident)).all()

    def returns_good(self, session, office, year):
        query = select(*FIGURES).where(TaxReturn.office == office, TaxReturn.year == year)
        return session.execute(query.order_by(TaxReturn.ident)).all()


class Validator:
    def __init__(self, store, arm):
        self.store = store
        self.fetch = store.returns_bad if arm == "bad" else store.returns_good
        self.findings = []

    def check_single(self, entry):
        if entry.withheld > entry.income * 0.44:
            self.findings.append((entry.ident, "withheld too high"))
        if entry.donations > entry.income * 0.1:
            self.findings.append((entry.ident, "donations above limit"))

    def check_pairs(self, entries):
        owner = {}
        for entry in entries:
            if entry.taxpayer in owner:
                self.findings.append((entry.ident, f"duplicate of {owner[entry.taxpayer]}"))
            owner.setdefault(entry.taxpayer, entry.ident)
        for entry in entries:
            if entry.spouse and entry.spouse in owner:
                self.findings.append((entry.ident, "spouse files separately"))

    def validate(self, office, year):
        with Session(self.store.engine) as session:
            entries = self.fetch(session, office, year)
            for entry in entries:
                self.check_single(entry)
            self.check_pairs(entries)
            return len(entries), sum(entry.income for entry in entries)


def main(arm):
    validator = Validator(ReturnStore(prepared("xx-returns.sqlite", build_returns)), arm)
    totals = [validator.validate(office, year) for year in (2021, 2022) for office in (0, 1)]
    print(totals, f"findings={len(validator.findings)}", validator.findings[-1])
    return validator


if __name__ == "__main__":
    VALIDATOR = main(sys.argv[1])
