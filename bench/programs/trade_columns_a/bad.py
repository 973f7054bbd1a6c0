"""Answers price questions over a day's trade tape."""
import os
import tempfile
from bisect import bisect_left
from datetime import datetime, timedelta, timezone
from decimal import Decimal

START = datetime(2024, 3, 4, 7, 0, tzinfo=timezone.utc)


def write_tape(path, count):
    cents = 10_000
    with open(path, "w") as out:
        for n in range(count):
            cents += (n * 7919 % 41) - 20
            stamp = START + timedelta(milliseconds=n * 92)
            out.write(f"{stamp.isoformat(timespec='milliseconds')},{cents // 100}.{cents % 100:02d}\n")


class Tape:
    def __init__(self):
        self.times = []
        self.prices = []

    def add(self, stamp, price):
        self.times.append(datetime.fromisoformat(stamp))
        self.prices.append(Decimal(price))

    def __len__(self):
        return len(self.times)

    def position(self, moment):
        return bisect_left(self.times, moment)

    def window(self, start, end):
        return range(self.position(start), self.position(end))

    def time(self, index):
        return self.times[index]

    def price(self, index):
        return self.prices[index]

    def total(self, indexes):
        return sum((self.prices[i] for i in indexes), Decimal(0))


def load_tape(path):
    tape = Tape()
    with open(path) as lines:
        for line in lines:
            stamp, price = line.rstrip("\n").split(",")
            tape.add(stamp, price)
    return tape


def candle(tape, start, width):
    span = tape.window(start, start + width)
    if not span:
        return None
    first, last = tape.price(span[0]), tape.price(span[-1])
    high, low = max(map(tape.price, span)), min(map(tape.price, span))
    return tape.time(span[0]), first, high, low, last, tape.total(span) / len(span)


def candles(tape, width, count):
    for n in range(count):
        entry = candle(tape, START + n * width, width)
        if entry is not None:
            yield entry


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "tape.csv")
        write_tape(path, 300_000)
        tape = load_tape(path)
    print("trades", len(tape), "first", tape.time(0).isoformat())
    for stamp, first, high, low, last, mean in candles(tape, timedelta(minutes=30), 20):
        print(stamp.isoformat(timespec="milliseconds"), first, high, low, last, f"{mean:.4f}")


if __name__ == "__main__":
    main()
