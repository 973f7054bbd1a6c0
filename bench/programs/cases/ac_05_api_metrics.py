"""A small API router with request timings for Prometheus."""
import re

from prometheus_client import CollectorRegistry, Histogram

from harness import case, run

ROUTES = [
    ("account", re.compile(r"^/v1/accounts/(?P<account>\d+)$")),
    ("invoice", re.compile(r"^/v1/accounts/(?P<account>\d+)/invoices/(?P<invoice>\d+)$")),
    ("health", re.compile(r"^/health$")),
]


class Request:
    __slots__ = ("method", "path", "cost")

    def __init__(self, method, path, cost):
        self.method = method
        self.path = path
        self.cost = cost


def traffic(count):
    for n in range(count):
        account = (n * 7919) % 9000
        if n % 50 == 0:
            yield Request("GET", "/health", 0.001)
        elif n % 3:
            yield Request("GET", f"/v1/accounts/{account}", 0.02 + account % 7 / 100)
        else:
            yield Request("GET", f"/v1/accounts/{account}/invoices/{n}", 0.05 + n % 11 / 100)


class App:
    def __init__(self):
        self.registry = CollectorRegistry()
        self.latency = Histogram("http_request_seconds", "Time spent on a request",
                                 ["method", "path", "status"], registry=self.registry)
        self.served = {}

    def route(self, path):
        for name, pattern in ROUTES:
            if pattern.match(path):
                return name
        return None

    def path_label(self, request, name):
        return request.path

    def handle(self, request):
        name = self.route(request.path)
        status = "200" if name else "404"
        self.served[name] = self.served.get(name, 0) + 1
        label = self.path_label(request, name)
        self.latency.labels(request.method, label, status).observe(request.cost)


class TemplatedApp(App):
    def path_label(self, request, name):
        return name or "unmatched"


def serve(app, count=30_000):
    for request in traffic(count):
        app.handle(request)
    print("served", sorted(app.served.items()))
    return app


@case("ac 05 api metrics")
class _:
    def bad():
        return serve(App())

    def good():
        return serve(TemplatedApp())


if __name__ == "__main__":
    kept = run()
