import csv

from harness import case, fixture, run

FIELDS = ["number", "instrument", "book", "side", "price", "quantity", "fee", "venue", "settle_day"]


def build(path):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        for number in range(220000):
            writer.writerow([
                number, number % 61, number % 7, 1 if number % 3 else -1, 100 + number % 250, 1 + number % 40,
                number % 9, number % 5, number % 23,
            ])


class Record:
    """What all rows have in common; the loader gives the validated values."""

    @classmethod
    def construct(cls, values):
        record = cls.__new__(cls)
        record.__dict__ = values
        return record


class FieldRecord(Record):
    @classmethod
    def construct(cls, values):
        record = cls.__new__(cls)
        for name, value in values.items():
            setattr(record, name, value)
        return record


class TradeMixin:
    def amount(self):
        return self.side * self.price * self.quantity - self.fee


class Trade(TradeMixin, Record):
    pass


class DeskTrade(TradeMixin, FieldRecord):
    pass


def load(path, trade_class):
    trades = []
    with open(path, newline="") as rows:
        for row in csv.reader(rows):
            values = dict(zip(FIELDS, map(int, row)))
            if values["quantity"] > 0:
                trades.append(trade_class.construct(values))
    return trades


def positions(trades):
    books = {}
    for trade in trades:
        key = trade.book, trade.instrument % 4
        books[key] = books.get(key, 0) + trade.amount()
    return books


def report(trades):
    books = positions(trades)
    print(len(trades), len(books), sum(books.values()), sorted(books.items())[:2])
    return trades


@case("zz 22 trade objects")
class _:
    def bad():
        return report(load(fixture("zz_22_trades.csv", build), Trade))

    def good():
        return report(load(fixture("zz_22_trades.csv", build), DeskTrade))


if __name__ == "__main__":
    kept = run()
