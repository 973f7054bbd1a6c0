"""Migration tool (SQLAlchemy): moves the legacy support tickets into the new schema."""
import os
import random
import sqlite3
import sys
import tempfile

from sqlalchemy import ForeignKey, String, create_engine, func, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
LEGACY = os.path.join(FOLDER, "uu-legacy-tickets.db")
TARGET = os.path.join(FOLDER, f"uu-target-{os.getpid()}.db")
STATES = {"O": "open", "C": "closed", "W": "waiting", "X": "rejected"}


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(120), unique=True)


class Ticket(Base):
    __tablename__ = "ticket"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    state: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str]
    body: Mapped[str]
    minutes: Mapped[int]


def write_legacy(path):
    rng = random.Random(1212)
    words = ["printer", "login", "invoice", "refund", "password", "outage", "slow", "broken", "missing", "urgent"]
    with sqlite3.connect(path + ".tmp") as db:
        db.execute("create table tickets (no integer primary key, mail text, st text, subj text, body text, mins text)")
        db.executemany("insert into tickets values (?, ?, ?, ?, ?, ?)", (
            (n, f"u{rng.randint(1, 700):04d}@mail.example", rng.choice("OCWX"),
             " ".join(rng.choices(words, k=3)) + f" #{rng.getrandbits(24):x}",
             " ".join(rng.choices(words, k=rng.randint(20, 60))) + f" ref {rng.getrandbits(64):x}",
             f"{rng.randint(0, 600)}m") for n in range(1, 24_001)))
    db.close()
    os.rename(path + ".tmp", path)


def ensure_legacy():
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(LEGACY):
        pid = os.fork()
        if pid == 0:
            write_legacy(LEGACY)
            os._exit(0)
        os.waitpid(pid, 0)


class LegacyReader:
    def __init__(self, engine):
        self.engine = engine

    def rows(self):
        with self.engine.connect().execution_options(yield_per=500) as connection:
            yield from connection.execute(text("select no, mail, st, subj, body, mins from tickets order by no"))


class TargetWriter:
    """Unit of work on the new database; customers are resolved through a small id map."""

    def __init__(self, session):
        self.session = session
        self.customers = {}
        self.written = 0

    def customer_id(self, email):
        if email not in self.customers:
            self.customers[email] = len(self.customers) + 1
            self.session.add(Customer(id=self.customers[email], email=email))
        return self.customers[email]

    def put_bad(self, ticket):
        self.session.add(ticket)
        self.written += 1

    def put_good(self, ticket):
        self.session.add(ticket)
        self.written += 1
        if self.written % 500 == 0:
            self.session.flush()

    def write(self, row):
        ticket = Ticket(id=row.no, customer_id=self.customer_id(row.mail.lower()), state=STATES[row.st],
                        subject=row.subj.title(), body=row.body, minutes=int(row.mins.rstrip("m")))
        if ARM == "bad":
            self.put_bad(ticket)
        else:
            self.put_good(ticket)


def migrate(reader, engine):
    with Session(engine, autoflush=False) as session:
        writer = TargetWriter(session)
        for row in reader.rows():
            writer.write(row)
        session.commit()
        return writer.written


def verify(engine):
    with engine.connect() as connection:
        counts = connection.execute(select(Ticket.state, func.count(), func.sum(Ticket.minutes), func.sum(func.length(Ticket.body)))
                                    .group_by(Ticket.state).order_by(Ticket.state))
        return " ".join(f"{state}={number}/{minutes}/{size}" for state, number, minutes, size in counts)


def main():
    ensure_legacy()
    target = create_engine(f"sqlite:///{TARGET}")
    try:
        Base.metadata.create_all(target)
        written = migrate(LegacyReader(create_engine(f"sqlite:///{LEGACY}")), target)
        print(f"written={written} {verify(target)}")
    finally:
        target.dispose()
        os.unlink(TARGET)


if __name__ == "__main__":
    main()
