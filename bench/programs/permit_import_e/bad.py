"""Loads an open-data set of building permits into a database."""
import csv
import os
import tempfile

from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

KINDS = ("new", "repair", "demolition", "extension", "sign")


class Base(DeclarativeBase):
    pass


class Permit(Base):
    __tablename__ = "permits"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    kind: Mapped[str]
    street: Mapped[str]
    cost: Mapped[int]
    note: Mapped[str]


def write_dataset(path, count):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["number", "kind", "street", "cost", "note"])
        for n in range(count):
            writer.writerow([f"BP-{n:07d}", KINDS[n * 7 % 5], f"{n % 977} Main Street",
                             500 + n * 7919 % 90_000,
                             f"Filed by contractor {n * 31 % 4999} for parcel {n}"])


def parse(row):
    row["cost"] = int(row["cost"])
    row["street"] = row["street"].strip().upper()
    return row


class Importer:
    def __init__(self, session):
        self.session = session
        self.rows = 0

    def load(self, path):
        with open(path, newline="") as source:
            for row in csv.DictReader(source):
                self.rows += 1
                self.session.add(Permit(id=self.rows, **parse(row)))
        self.session.commit()


def report(session):
    query = (select(Permit.kind, func.count(), func.sum(Permit.cost))
             .group_by(Permit.kind).order_by(Permit.kind))
    for kind, number, cost in session.execute(query):
        print(f"{kind:10s} {number:6d} {cost}")
    dearest = select(Permit.number, Permit.street, Permit.cost).order_by(
        Permit.cost.desc(), Permit.id).limit(3)
    for row in session.execute(dearest):
        print(*row)


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "permits.csv")
        write_dataset(path, 22_000)
        engine = create_engine(f"sqlite:///{os.path.join(tmp, 'permits.db')}")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            importer = Importer(session)
            importer.load(path)
            print("rows", importer.rows)
            report(session)
        engine.dispose()


if __name__ == "__main__":
    main()
