"""Ledger worker: takes movements from a feed and books them for accounts through an ORM session."""
import os
import random
import sys
import tempfile

from sqlalchemy import ForeignKey, String, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    iban: Mapped[str] = mapped_column(String(34))
    balance: Mapped[int] = mapped_column(default=0)
    booked: Mapped[int] = mapped_column(default=0)
    movements: Mapped[list["Movement"]] = relationship(back_populates="account")


class Movement(Base):
    __tablename__ = "movement"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    number: Mapped[int]
    amount: Mapped[int]
    purpose: Mapped[str]
    account: Mapped[Account] = relationship(back_populates="movements")


def movement_feed(rng, count, accounts):
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randrange(3, 12))) for _ in range(900)]
    for _ in range(count):
        yield {"account": rng.randrange(accounts), "amount": rng.randrange(-90000, 100000),
               "purpose": " ".join(rng.choices(words, k=rng.randrange(10, 120)))}


class Ledger:
    def __init__(self, engine, accounts):
        self.session = Session(engine, expire_on_commit=False)
        rng = random.Random(7)
        self.session.add_all(Account(iban=f"DE{rng.randrange(10**20):020d}", balance=0, booked=0)
                             for _ in range(accounts))
        self.session.commit()
        self.accounts = list(self.session.scalars(select(Account).order_by(Account.id)))

    def next_number_bad(self, account):
        return len(account.movements) + 1

    def next_number_good(self, account):
        return account.booked + 1

    def book(self, entry):
        account = self.accounts[entry["account"]]
        number = self.next_number_bad(account) if ARM == "bad" else self.next_number_good(account)
        account.balance += entry["amount"]
        account.booked = number
        self.session.add(Movement(account=account, number=number, amount=entry["amount"],
                                  purpose=entry["purpose"]))

    def flush(self):
        self.session.commit()


class Worker:
    def __init__(self, ledger, batch=250):
        self.ledger = ledger
        self.batch = batch
        self.done = 0

    def run(self, feed):
        for entry in feed:
            self.ledger.book(entry)
            self.done += 1
            if self.done % self.batch == 0:
                self.ledger.flush()
        self.ledger.flush()


def main():
    path = os.path.join(tempfile.gettempdir(), "memory-cases", f"r_ledger-{ARM}.db")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.exists(path):
        os.remove(path)
    engine = create_engine("sqlite:///" + path)
    Base.metadata.create_all(engine)
    ledger = Ledger(engine, accounts=120)
    worker = Worker(ledger)
    worker.run(movement_feed(random.Random(8), 20000, 120))
    with engine.connect() as conn:
        total, top = conn.execute(select(func.sum(Movement.amount), func.max(Movement.number))).one()
    print("booked", worker.done, "sum", total, "highest number", top,
          "balances", sum(a.balance for a in ledger.accounts))
    return worker


if __name__ == "__main__":
    worker = main()
