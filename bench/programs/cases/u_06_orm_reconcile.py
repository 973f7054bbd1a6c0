"""Nightly reconciliation of payments against a ledger, with the SQLAlchemy ORM."""
import os
import random
import sqlite3
import sys
import tempfile

from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
DB = os.path.join(FOLDER, "vv-payments.sqlite")
COUNT = 45_000


class Base(DeclarativeBase):
    pass


class Payment(Base):
    __tablename__ = "payment"
    id: Mapped[int] = mapped_column(primary_key=True)
    merchant: Mapped[str]
    currency: Mapped[str]
    cents: Mapped[int]
    booked: Mapped[int]
    memo: Mapped[str]


def fill_database(path):
    rng = random.Random(23)
    words = ["".join(rng.choices("abcdefghijklmnoprstuvw", k=rng.randint(3, 9)))
             for _ in range(3000)]
    db = sqlite3.connect(path)
    db.execute("create table payment (id integer primary key, merchant text, "
               "currency text, cents integer, booked integer, memo text)")
    db.executemany("insert into payment values (?,?,?,?,?,?)", (
        (i, f"{rng.choice(words)} {rng.choice(words)} ltd",
         rng.choice(("EUR", "USD", "GBP", "CHF")),
         cents := int(rng.lognormvariate(8, 1.3)),
         cents if rng.random() > 0.01 else cents - rng.randint(1, 900),
         " ".join(rng.choices(words, k=rng.randint(8, 20)))) for i in range(1, COUNT + 1)))
    db.commit()
    db.close()


def ensure_inputs():
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(DB):
        pid = os.fork()
        if pid == 0:
            fill_database(DB + ".tmp")
            os.rename(DB + ".tmp", DB)
            os._exit(0)
        os.waitpid(pid, 0)


class PaymentRepository:
    def __init__(self, session):
        self.session = session

    def _query(self, floor):
        return select(Payment).where(Payment.cents >= floor).order_by(Payment.id)

    def _rows_bad(self, statement):
        return self.session.scalars(statement)

    def _rows_good(self, statement):
        return self.session.scalars(statement.execution_options(yield_per=500))

    def iterate(self, floor):
        statement = self._query(floor)
        rows = self._rows_bad(statement) if ARM == "bad" else self._rows_good(statement)
        for payment in rows:
            yield payment


class Reconciler:
    def __init__(self, repository):
        self.repository = repository
        self.per_currency = {}
        self.differences = []

    def check(self, payment):
        total, count = self.per_currency.get(payment.currency, (0, 0))
        self.per_currency[payment.currency] = (total + payment.cents, count + 1)
        if payment.booked != payment.cents:
            self.differences.append((payment.id, payment.cents - payment.booked))

    def run(self, floor):
        for payment in self.repository.iterate(floor):
            self.check(payment)
        return self


def main():
    ensure_inputs()
    engine = create_engine(f"sqlite:///{DB}")
    with Session(engine) as session:
        reconciler = Reconciler(PaymentRepository(session)).run(floor=100)
    missing = sum(cents for _, cents in reconciler.differences)
    for currency in sorted(reconciler.per_currency):
        total, count = reconciler.per_currency[currency]
        print(f"{currency} count={count} total={total / 100:.2f}")
    print(f"differences={len(reconciler.differences)} missing={missing / 100:.2f}")
    return reconciler.differences


DIFFERENCES = main()
