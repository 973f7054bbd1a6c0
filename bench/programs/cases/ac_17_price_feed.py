"""A price feed: clients connect, follow the prices of a stock for a while, and disconnect."""
import zlib
from collections import defaultdict

from harness import case, run

TICKERS = ("ABC", "DEF", "GHI", "JKL")


class EventBus:
    def __init__(self):
        self.handlers = defaultdict(list)

    def subscribe(self, topic, handler):
        self.handlers[topic].append(handler)

    def unsubscribe(self, topic, handler):
        self.handlers[topic].remove(handler)

    def publish(self, topic, value):
        for handler in list(self.handlers[topic]):
            handler(value)


class ClientSession:
    """What the server holds for one connection: the chart that is drawn for the client."""

    def __init__(self, bus, number, ticker):
        self.bus = bus
        self.number = number
        self.ticker = ticker
        self.canvas = bytearray(b"\xff" * (480 * 1200))
        self.column = 0
        self.sum = 0
        bus.subscribe(ticker, self.on_price)

    def on_price(self, price):
        self.canvas[self.column * 480 + price % 480] = 0
        self.column = (self.column + 1) % 1200
        self.sum += price

    def disconnect(self):
        return self.sum, len(zlib.compress(self.canvas))


class LeavingSession(ClientSession):
    def disconnect(self):
        self.bus.unsubscribe(self.ticker, self.on_price)
        return super().disconnect()


class FeedServer:
    def __init__(self, session_class):
        self.session_class = session_class
        self.bus = EventBus()
        self.sessions = {}
        self.sent = 0
        self.chart_bytes = 0

    def connect(self, number):
        ticker = TICKERS[number % len(TICKERS)]
        self.sessions[number] = self.session_class(self.bus, number, ticker)

    def disconnect(self, number):
        total, size = self.sessions.pop(number).disconnect()
        self.sent += total
        self.chart_bytes += size

    def day(self, clients):
        for number in range(clients):
            self.connect(number)
            for tick in range(1000):
                self.bus.publish(TICKERS[tick % len(TICKERS)], 100 + (tick * number) % 57)
            self.disconnect(number)
        print(f"{clients} clients, prices sent {self.sent}, charts of {self.chart_bytes} bytes")
        return self


@case("ac 17 price feed")
class _:
    def bad():
        return FeedServer(ClientSession).day(300)

    def good():
        return FeedServer(LeavingSession).day(300)


if __name__ == "__main__":
    kept = run()
