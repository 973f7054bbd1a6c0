"""Risk scenarios: the book of positions is copied per scenario and the copy is shocked."""
import copy
import random
from contextlib import contextmanager

from harness import CASES, D, case, fixture, run

CURRENCIES = ("EUR", "USD", "GBP", "JPY", "CHF")
DESKS = ("rates", "credit", "equity")


class PositionMethods:
    __slots__ = ()

    def value(self):
        return self.quantity * self.price

    def shock(self, factor, currency):
        if self.currency == currency:
            self.price *= factor


class Position(PositionMethods):
    def __init__(self, quantity, price, currency, desk):
        self.quantity = quantity
        self.price = price
        self.currency = currency
        self.desk = desk


class SlottedPosition(PositionMethods):
    __slots__ = ("quantity", "price", "currency", "desk")
    __init__ = Position.__init__


class Book:
    def __init__(self, name, positions):
        self.name = name
        self.positions = positions

    @classmethod
    def load(cls, position_class, size, seed=52):
        rng = random.Random(seed)
        return cls("base", [
            position_class(rng.randrange(1, 250), rng.choice(PRICES), rng.choice(CURRENCIES), rng.choice(DESKS))
            for _ in range(size)])

    def copy(self, name):
        return Book(name, [copy.copy(position) for position in self.positions])

    def value(self, desk=None):
        return sum(p.value() for p in self.positions if desk in (None, p.desk))


PRICES = [round(1 + k * 0.37, 2) for k in range(500)]


class RiskRun:
    def __init__(self, base):
        self.base = base
        self.books = {}

    @contextmanager
    def scenario(self, name):
        book = self.base.copy(name)
        yield book
        self.books[name] = book

    def losses(self):
        start = self.base.value()
        return {name: round(start - book.value(), 2) for name, book in self.books.items()}


def simulate(position_class):
    risk = RiskRun(Book.load(position_class, 70_000))
    for currency, factor in (("JPY", 0.9), ("CHF", 0.85), ("GBP", 0.8)):
        with risk.scenario(f"{currency} down") as book:
            for position in book.positions:
                position.shock(factor, currency)
    return risk, risk.losses()


@case('52 copied positions carry their own dict')
class _:
    def bad():
        return simulate(Position)

    def good():
        return simulate(SlottedPosition)


if __name__ == "__main__":
    kept = run()
