"""Charts that listen to prices as long as somebody looks at them."""
import random
import weakref
from array import array

from harness import CASES, D, case, fixture, run


class Chart:
    """A window on one symbol, with the points it draws."""

    def __init__(self, symbol, points):
        rng = random.Random(symbol)
        self.symbol = symbol
        self.points = array("d", (97 + 6 * rng.random() for _ in range(points)))

    def on_price(self, symbol, price):
        if symbol == self.symbol:
            self.points.append(price)
            return 1
        return 0


class Signal:
    """Listeners are held weakly: a closed window must not have to unsubscribe."""

    def __init__(self):
        self.listeners = weakref.WeakKeyDictionary()

    def connect(self, listener):
        raise NotImplementedError

    def send(self, symbol, price):
        raise NotImplementedError


class SignalOfMethods(Signal):
    def connect(self, listener):
        self.listeners[listener] = listener.on_price

    def send(self, symbol, price):
        return sum(slot(symbol, price) for slot in list(self.listeners.values()))


class SignalOfFunctions(Signal):
    def connect(self, listener):
        self.listeners[listener] = type(listener).on_price

    def send(self, symbol, price):
        return sum(slot(listener, symbol, price) for listener, slot in list(self.listeners.items()))


class Desk:
    def __init__(self, signal):
        self.signal = signal
        self.heard = 0

    def look_at(self, symbol):
        chart = Chart(symbol, 16_000 + symbol % 9 * 1000)
        self.signal.connect(chart)
        self.heard += self.signal.send(symbol, 100.0 + symbol / 7)
        return max(chart.points)

    def day(self, symbols):
        return [self.look_at(symbol) for symbol in symbols]


def trade(signal):
    desk = Desk(signal)
    return desk, desk.day(range(220))


@case('37 weakly held listener in its own slot')
class _:
    def bad():
        return trade(SignalOfMethods())

    def good():
        return trade(SignalOfFunctions())


if __name__ == "__main__":
    kept = run()
