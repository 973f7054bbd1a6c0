"""A small Flask shop whose requests are timed for Prometheus."""
import io
import random
import time

from flask import Flask, g, jsonify, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from harness import CASES, D, case, fixture, run


class RequestMetrics:
    def __init__(self, app):
        self.registry = CollectorRegistry()
        self.latency = Histogram("http_request_seconds", "Time per request", ["method", "endpoint"],
                                 registry=self.registry)
        self.responses = Counter("http_responses", "Responses by status", ["endpoint", "status"],
                                 registry=self.registry)
        app.before_request(self.start)
        app.after_request(self.finish)
        app.add_url_rule("/metrics", "metrics", lambda: generate_latest(self.registry))

    def endpoint(self):
        return request.path

    def start(self):
        g.started = time.perf_counter()

    def finish(self, response):
        where = self.endpoint()
        self.latency.labels(request.method, where).observe(time.perf_counter() - g.started)
        self.responses.labels(where, response.status_code).inc()
        return response


class RouteMetrics(RequestMetrics):
    def endpoint(self):
        return request.url_rule.rule if request.url_rule else "(no route)"


def create_app(metrics_class):
    app = Flask("shop")
    stock = {n: n * 37 % 50 for n in range(400)}

    @app.get("/orders/<int:order_id>")
    def order(order_id):
        return jsonify(id=order_id, state=("open", "paid", "sent")[order_id % 3])

    @app.get("/products/<int:product_id>/stock")
    def product_stock(product_id):
        if product_id not in stock:
            return jsonify(error="unknown product"), 404
        return jsonify(id=product_id, stock=stock[product_id])

    app.extensions["request_metrics"] = metrics_class(app)
    return app


def wsgi_get(app, path):
    seen = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(), "wsgi.multithread": False, "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    body = b"".join(app(environ, lambda status, headers, exc=None: seen.append(status)))
    return seen[0], body


def traffic(app, visits=9000):
    rng = random.Random(3)
    ok = 0
    for _ in range(visits):
        if rng.random() < 0.9:
            path = f"/orders/{rng.randrange(10 ** 7)}"
        else:
            path = f"/products/{rng.randrange(500)}/stock"
        status, _ = wsgi_get(app, path)
        ok += status.startswith("200")
    return ok


@case('12 request path as a metric label')
class _:
    def bad():
        app = create_app(RequestMetrics)
        return app, traffic(app)

    def good():
        app = create_app(RouteMetrics)
        return app, traffic(app)


if __name__ == "__main__":
    kept = run()
