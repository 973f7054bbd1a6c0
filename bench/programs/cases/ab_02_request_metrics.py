"""An order API whose middleware times every request for Prometheus."""
import re
from collections import Counter as Tally

from prometheus_client import CollectorRegistry, Counter, Histogram

from harness import case, run

ROUTES = [
    (re.compile(r"^/orders/(\d+)$"), "/orders/{order_id}", "order"),
    (re.compile(r"^/orders/(\d+)/items$"), "/orders/{order_id}/items", "items"),
    (re.compile(r"^/customers/(\d+)$"), "/customers/{customer_id}", "customer"),
]


def resolve(path):
    for pattern, template, view in ROUTES:
        match = pattern.match(path)
        if match:
            return template, view, int(match.group(1))
    return "unmatched", "missing", 0


def dispatch(view, ident):
    if view == "missing" or ident % 97 == 0:
        return 404
    return 503 if ident % 1013 == 0 else 200


class Middleware:
    def __init__(self, endpoint):
        self.registry = CollectorRegistry()
        self.endpoint = endpoint
        self.latency = Histogram("http_request_seconds", "Time per request",
                                 ["method", "endpoint"], registry=self.registry)
        self.responses = Counter("http_responses", "Responses",
                                 ["method", "endpoint", "status"], registry=self.registry)

    def handle(self, method, path):
        template, view, ident = resolve(path)
        status = dispatch(view, ident)
        endpoint = self.endpoint(path, template)
        self.latency.labels(method, endpoint).observe(0.001 * (ident % 400))
        self.responses.labels(method, endpoint, str(status)).inc()
        return status


def traffic(count):
    for n in range(count):
        kind = n % 3
        ident = 10_000 + (n * 7) % 90_001
        if kind == 0:
            yield "GET", f"/orders/{ident}"
        elif kind == 1:
            yield "GET", f"/orders/{ident}/items"
        else:
            yield "PATCH", f"/customers/{ident}"


def serve(middleware, count=24_000):
    statuses = Tally(middleware.handle(method, path) for method, path in traffic(count))
    print("served", count, "requests:", sorted(statuses.items()))
    return middleware


@case("ab 02 request metrics")
class _:
    def bad():
        return serve(Middleware(lambda path, template: path))

    def good():
        return serve(Middleware(lambda path, template: template))


if __name__ == "__main__":
    kept = run()
