import random
import weakref
from array import array
from collections import defaultdict
from dataclasses import dataclass, field

from harness import case, run

SYMBOLS = ("ACME", "BOLT", "CRUX", "DELL", "EPIC", "FLUX")


class Exchange:
    """Tells the sessions the prices of the symbols they watch."""

    def __init__(self):
        self._watchers = defaultdict(list)
        self.ticks = 0

    def watch(self, symbol, callback):
        self._watchers[symbol].append(callback)

    def publish(self, symbol, price):
        self.ticks += 1
        for callback in self._watchers[symbol]:
            callback(price)


class RelaxedExchange(Exchange):
    def watch(self, symbol, callback):
        self._watchers[symbol].append(weakref.WeakMethod(callback, self._watchers[symbol].remove))

    def publish(self, symbol, price):
        self.ticks += 1
        for reference in tuple(self._watchers[symbol]):
            callback = reference()
            if callback is not None:
                callback(price)


@dataclass(eq=False)
class QuoteSession:
    user: str
    symbol: str
    exchange: Exchange
    screen: bytearray = field(default_factory=lambda: bytearray(160 * 1024))
    prices: array = field(default_factory=lambda: array("d"))

    def __post_init__(self):
        self.exchange.watch(self.symbol, self.on_price)

    def on_price(self, price):
        self.prices.append(price)
        at = len(self.prices) * 8 % len(self.screen)
        self.screen[at:at + 4] = int(price * 100).to_bytes(4, "big")

    def average(self):
        return sum(self.prices) / len(self.prices)


def trading_day(exchange, visitors=550, updates=60):
    rng = random.Random(66)
    total = 0.0
    for visitor in range(visitors):
        session = QuoteSession(f"user-{visitor:04d}", SYMBOLS[visitor % len(SYMBOLS)], exchange)
        for _ in range(updates):
            exchange.publish(rng.choice(SYMBOLS), rng.uniform(5, 95))
        exchange.publish(session.symbol, 50.0)
        total += session.average()
    print("ticks", exchange.ticks, "mean of averages", round(total / visitors, 4))
    return exchange


@case("qq 06 quote sessions")
class _:
    def bad():
        return trading_day(Exchange())

    def good():
        return trading_day(RelaxedExchange())


if __name__ == "__main__":
    kept = run()
