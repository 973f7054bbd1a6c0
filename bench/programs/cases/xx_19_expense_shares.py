"""Turns a ledger of expenses into shares of the year's total, cost centre by cost centre."""
import csv
import itertools
import random
from decimal import Decimal

from harness import case, fixture, run


def build_ledger(path):
    rng = random.Random(19)
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("centre", "booked", "amount"))
        for n in range(260_000):
            writer.writerow((f"C{rng.randrange(40):02d}", f"2024-{rng.randrange(1, 13):02d}", f"{rng.randrange(1, 90000) / 100:.2f}"))


class Expense:
    __slots__ = ("centre", "booked", "amount")

    def __init__(self, centre, booked, amount):
        self.centre = centre
        self.booked = booked
        self.amount = amount


def expenses(path):
    with open(path, newline="") as source:
        rows = csv.reader(source)
        next(rows)
        for centre, booked, amount in rows:
            yield Expense(centre, booked, Decimal(amount))


def split(path):
    return itertools.tee(expenses(path))


def reopen(path):
    return expenses(path), expenses(path)


class Shares:
    def __init__(self, passes):
        self.passes = passes

    def compute(self, path):
        first, second = self.passes(path)
        total = sum(expense.amount for expense in first)
        shares = dict.fromkeys((f"C{n:02d}" for n in range(40)), Decimal(0))
        for expense in second:
            shares[expense.centre] += expense.amount / total
        return total, shares


def yearly(passes):
    total, shares = Shares(passes).compute(fixture("xx_19_ledger.csv", build_ledger))
    largest = max(shares, key=shares.get)
    print(f"total {total}, largest {largest} {shares[largest]:.6f}, sum {sum(shares.values()):.6f}")
    return shares


@case("xx 19 expense shares")
class _:
    def setup():
        fixture("xx_19_ledger.csv", build_ledger)

    def bad():
        return yearly(split)

    def good():
        return yearly(reopen)


if __name__ == "__main__":
    kept = run()
