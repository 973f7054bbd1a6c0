"""Metrics middleware of a small WSGI application."""
from prometheus_client import CollectorRegistry, Counter, Histogram
from werkzeug.routing import Map, Rule
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from harness import case, run

URLS = Map([
    Rule("/users/<int:user>/orders", endpoint="orders"),
    Rule("/users/<int:user>", endpoint="profile"),
    Rule("/health", endpoint="health"),
])


class Shop:
    def __call__(self, environ, start_response):
        endpoint, values = URLS.bind_to_environ(environ).match()
        body = f"{endpoint} {values.get('user', 0) % 17}"
        return Response(body)(environ, start_response)


class Metrics:
    def __init__(self, app, path_of):
        self.app = app
        self.path_of = path_of
        self.registry = CollectorRegistry()
        self.requests = Counter("requests", "Requests", ["method", "path"], registry=self.registry)
        self.latency = Histogram("latency_seconds", "Latency", ["method", "path"], registry=self.registry)

    def __call__(self, environ, start_response):
        request = Request(environ)
        path = self.path_of(request)
        self.requests.labels(request.method, path).inc()
        self.latency.labels(request.method, path).observe(0.004)
        return self.app(environ, start_response)

    def total(self):
        return sum(s.value for m in self.requests.collect() for s in m.samples if s.name == "requests_total")


def request_path(request):
    return request.path


def route_path(request):
    rule, _ = URLS.bind_to_environ(request.environ).match(return_rule=True)
    return rule.rule


def serve(path_of, users):
    app = Metrics(Shop(), path_of)
    sent = 0
    for n in range(users):
        path = f"/users/{1000 + n}" + ("/orders" if n % 3 == 0 else "")
        environ = EnvironBuilder(path=path).get_environ()
        sent += len(b"".join(app(environ, lambda status, headers: None)))
    print(users, sent, app.total())
    return app


@case("yy 06 request metrics")
class _:
    def bad():
        return serve(request_path, 7000)

    def good():
        return serve(route_path, 7000)


if __name__ == "__main__":
    kept = run()
