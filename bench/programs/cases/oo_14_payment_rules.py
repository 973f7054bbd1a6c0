import csv
from collections import Counter
from itertools import product

from harness import case, fixture, run

PAYMENTS = 280_000


def build(path):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        for number in range(PAYMENTS):
            amount = (number * 7919) % 500_000 / 100
            writer.writerow([f"P{number:08d}", f"acct-{number % 9000:05d}", amount, "EUR" if number % 4 else "USD"])


def read_payments(path):
    with open(path, newline="") as source:
        for payment, account, amount, currency in csv.reader(source):
            yield payment, account, float(amount), currency


class Rule:
    def __init__(self, name, low, currency):
        self.name = name
        self.low = low
        self.currency = currency

    def matches(self, payment):
        return payment[2] >= self.low and payment[3] == self.currency


RULES = (Rule("large euro", 4900, "EUR"), Rule("large dollar", 4500, "USD"), Rule("any dollar", 1000, "USD"))
RULES += tuple(Rule(f"band {low}", low, "EUR") for low in range(500, 5000, 500))


def screen(path, rules):
    alerts = Counter()
    for payment, rule in product(read_payments(path), rules):
        if rule.matches(payment):
            alerts[rule.name] += 1
    return alerts


def screen_nested(path, rules):
    alerts = Counter()
    for payment in read_payments(path):
        for rule in rules:
            if rule.matches(payment):
                alerts[rule.name] += 1
    return alerts


def report(alerts):
    for name, count in sorted(alerts.items()):
        print(name, count)


@case("oo 14 payment rules")
class _:
    def setup():
        _.path = fixture("oo_payments_280k.csv", build)

    def bad():
        report(screen(_.path, RULES))

    def good():
        report(screen_nested(_.path, RULES))


if __name__ == "__main__":
    kept = run()
