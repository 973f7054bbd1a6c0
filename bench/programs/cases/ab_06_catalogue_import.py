"""Imports a supplier's price list into the catalogue, all or nothing."""
import csv
import os
import tempfile

from sqlalchemy import String, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from harness import case, fixture, run


class Base(DeclarativeBase):
    pass


class Product(Base):
    __tablename__ = "product"
    id: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    brand: Mapped[str] = mapped_column(String(60))
    price_cents: Mapped[int]
    stock: Mapped[int]


def build(path):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["sku", "title", "brand", "price", "stock"])
        for n in range(40_000):
            writer.writerow([f"SKU-{n:07d}", f"Household article number {n} in its box",
                             f"brand {n % 120}", f"{n % 9000 / 100:.2f}", n % 60])


def products(path):
    with open(path, newline="") as source:
        for line in csv.DictReader(source):
            yield Product(sku=line["sku"], title=line["title"], brand=line["brand"],
                          price_cents=round(float(line["price"]) * 100), stock=int(line["stock"]))


def new_catalogue():
    folder = tempfile.mkdtemp(prefix="catalogue")
    engine = create_engine("sqlite:///" + os.path.join(folder, "catalogue.sqlite3"))
    Base.metadata.create_all(engine)
    return engine


def report(session):
    count, worth = session.execute(
        select(func.count(), func.sum(Product.price_cents * Product.stock)).select_from(Product)).one()
    print(f"{count} products, stock worth {worth / 100:.2f}")


@case("ab 06 catalogue import")
class _:
    def bad():
        path = fixture("ab_06_prices.csv", build)
        with Session(new_catalogue()) as session:
            for product in products(path):
                session.add(product)
            session.commit()
            report(session)

    def good():
        path = fixture("ab_06_prices.csv", build)
        with Session(new_catalogue()) as session:
            for number, product in enumerate(products(path), 1):
                session.add(product)
                if number % 1000 == 0:
                    session.flush()
                    session.expunge_all()
            session.commit()
            report(session)


if __name__ == "__main__":
    kept = run()
