"""An API gateway that records how long its upstream calls take."""
import random
import uuid

from prometheus_client import CollectorRegistry, Counter, Histogram

from harness import case, run

ROUTES = ("/orders", "/orders/{id}", "/basket", "/search", "/profile")
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Instruments:
    def __init__(self):
        self.registry = CollectorRegistry()
        self.errors = Counter("upstream_errors", "Upstream failures", ["route"], registry=self.registry)
        self.latency = Histogram(
            "upstream_seconds", "Upstream latency", self.dimensions(), buckets=BUCKETS, registry=self.registry)

    def dimensions(self):
        return ["route", "method"]

    def observe(self, request, seconds):
        self.latency.labels(request.route, request.method).observe(seconds)


class TracedInstruments(Instruments):
    def dimensions(self):
        return ["route", "method", "session"]

    def observe(self, request, seconds):
        self.latency.labels(request.route, request.method, request.session).observe(seconds)


class Request:
    __slots__ = ("route", "method", "session")

    def __init__(self, route, method, session):
        self.route = route
        self.method = method
        self.session = session


class Gateway:
    def __init__(self, instruments):
        self.instruments = instruments
        self.handled = 0
        self.spent = 0.0

    def handle(self, request, seconds):
        self.instruments.observe(request, seconds)
        if seconds > 2.4:
            self.instruments.errors.labels(request.route).inc()
        self.handled += 1
        self.spent += seconds


def traffic(count):
    rng = random.Random(41)
    for _ in range(count):
        session = uuid.UUID(int=rng.getrandbits(128)).hex
        yield Request(rng.choice(ROUTES), rng.choice(("GET", "POST")), session), rng.expovariate(8)


def serve(instruments, count=26_000):
    gateway = Gateway(instruments)
    for request, seconds in traffic(count):
        gateway.handle(request, seconds)
    print(f"handled {gateway.handled} mean {gateway.spent / gateway.handled:.5f}s")
    return gateway


@case("xx 01 gateway latency")
class _:
    def bad():
        return serve(TracedInstruments())

    def good():
        return serve(Instruments())


if __name__ == "__main__":
    kept = run()
