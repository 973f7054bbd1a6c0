"""Price rules: orders of many shops are priced with the special conditions that hold for an article in a region."""
import functools
from collections import Counter, defaultdict

from harness import case, run

REGIONS = ["north", "south", "east", "west", "islands"]


def rounded(function):
    """Prices leave the functions in whole cents."""
    @functools.wraps(function)
    def inner(*args):
        return int(function(*args) + 0.5)
    return inner


class Conditions:
    """Discounts by region and article."""

    def __init__(self):
        self.rules = defaultdict(list)

    def declare(self, region, article, least, percent):
        self.rules[region, article].append((least, percent))

    def lookup(self, region, article):
        return self.rules[region, article]

    def discount(self, region, article, pieces):
        return max((percent for least, percent in self.lookup(region, article) if pieces >= least), default=0)


class StrictConditions(Conditions):
    def lookup(self, region, article):
        return self.rules.get((region, article), ())


class Pricing:
    def __init__(self, conditions):
        self.conditions = conditions
        self.used = Counter()

    @rounded
    def unit(self, article):
        return 199 + article * 7919 % 30_000 * 1.01

    @rounded
    def total(self, region, article, pieces):
        percent = self.conditions.discount(region, article, pieces)
        if percent:
            self.used[percent] += 1
        return self.unit(article) * pieces * (100 - percent) / 100

    def invoice(self, order):
        region, lines = order
        return sum(self.total(region, article, pieces) for article, pieces in lines)


def declare_rules(conditions):
    for n in range(3000):
        conditions.declare(REGIONS[n % 5], n * 41 % 90_000, 2 + n % 4, 5 + n % 3 * 5)


def orders(count):
    for n in range(count):
        lines = [((n * 1009 + k * 7919) % 90_000, 1 + (n + k) % 6) for k in range(3)]
        yield REGIONS[n * 3 % 5], lines


def trade(kind):
    conditions = kind()
    declare_rules(conditions)
    pricing = Pricing(conditions)
    income, largest = 0, 0
    for order in orders(120_000):
        amount = pricing.invoice(order)
        income += amount
        largest = max(largest, amount)
    print("income", income)
    print("largest", largest)
    print("discounts", sorted(pricing.used.items()))
    return pricing


@case("af 11 price rules")
class _:
    def bad():
        return trade(Conditions)

    def good():
        return trade(StrictConditions)


if __name__ == "__main__":
    kept = run()
