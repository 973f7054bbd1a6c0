"""Order intake on SQLAlchemy: a customer directory kept in memory, one short session per batch of orders."""
import os
import random
import sys
import tempfile

from sqlalchemy import ForeignKey, String, create_engine, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    city: Mapped[str] = mapped_column(String(40))
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    amount: Mapped[int]
    note: Mapped[str]
    customer: Mapped[Customer] = relationship(back_populates="orders")


class Feed:
    """Simulates the order messages that come in from the shops."""

    def __init__(self, seed, customers):
        self.rng = random.Random(seed)
        self.customers = customers
        self.words = ["".join(self.rng.choices("aeiobcdfglmnprst", k=self.rng.randint(3, 8))) for _ in range(900)]

    def batch(self, size):
        rng = self.rng
        for _ in range(size):
            yield {"customer": rng.randrange(1, self.customers + 1), "amount": rng.randint(100, 99999),
                   "note": " ".join(rng.choices(self.words, k=rng.randint(30, 120)))}


class Directory:
    """Customers are asked for with every message, so they are loaded once and kept."""

    def __init__(self, engine):
        self.engine = engine
        self.by_id = {}

    def fill(self, count):
        rng = random.Random(808)
        with Session(self.engine) as session:
            session.add_all(Customer(name="Customer %05d" % rng.randint(0, 99999), city=rng.choice(
                ["Ulm", "Graz", "Bern", "Linz", "Kiel"])) for _ in range(count))
            session.commit()
        with Session(self.engine, expire_on_commit=False) as session:
            query = select(Customer).options(selectinload(Customer.orders))
            self.by_id = {c.id: c for c in session.scalars(query)}

    def get(self, customer_id):
        return self.by_id[customer_id]


class OrderFactory:
    def __init__(self, directory):
        self.directory = directory

    def build_bad(self, message):
        customer = self.directory.get(message["customer"])
        return Order(customer=customer, amount=message["amount"], note=customer.city + ": " + message["note"])

    def build_good(self, message):
        customer = self.directory.get(message["customer"])
        return Order(customer_id=customer.id, amount=message["amount"], note=customer.city + ": " + message["note"])


class Intake:
    def __init__(self, engine, mode):
        self.engine = engine
        self.directory = Directory(engine)
        factory = OrderFactory(self.directory)
        self.build = factory.build_bad if mode == "bad" else factory.build_good

    def store(self, messages):
        with Session(self.engine, expire_on_commit=False) as session:
            for message in messages:
                session.add(self.build(message))
            session.commit()

    def totals(self):
        with Session(self.engine) as session:
            return session.execute(select(func.count(), func.sum(Order.amount),
                                          func.sum(func.length(Order.note))).select_from(Order)).one()


INTAKE = None


def main(mode):
    global INTAKE
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine("sqlite:///" + os.path.join(folder, "orders.db"))
        event.listen(engine, "connect", lambda con, _: con.execute("pragma synchronous=off"))
        Base.metadata.create_all(engine)
        INTAKE = Intake(engine, mode)
        INTAKE.directory.fill(400)
        feed = Feed(809, 400)
        for _ in range(120):
            INTAKE.store(feed.batch(200))
        print("orders %d, amount %d, notes %d" % tuple(INTAKE.totals()))


if __name__ == "__main__":
    main(sys.argv[1])
