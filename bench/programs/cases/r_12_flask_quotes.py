"""Flask insurance-quote service with middleware for request ids, audit logging and rate statistics."""
import logging
import logging.handlers
import random
import sys
from collections import Counter

from flask import Flask, current_app, g, jsonify, request

AUDIT = Counter()


class AuditSink(logging.Handler):
    """Stands for the log shipper: counts what it is given."""

    def emit(self, record):
        AUDIT[record.levelname] += 1
        AUDIT["bytes"] += len(record.getMessage())


SINK = AuditSink()


class Buffered(logging.handlers.MemoryHandler):
    """Ships a request's records only if something in it went wrong."""

    def __init__(self):
        super().__init__(200, flushLevel=logging.ERROR, target=SINK, flushOnClose=False)


class RequestLogs:
    """Gives every request a logger that holds its records back until they are wanted."""

    def open_bad(self, request_id):
        log = logging.getLogger("quotes.request." + request_id)
        log.setLevel(logging.DEBUG)
        log.propagate = False
        log.addHandler(Buffered())
        return log

    def close_bad(self, log):
        AUDIT["requests"] += 1

    def open_good(self, request_id):
        log = logging.Logger("quotes.request." + request_id, logging.DEBUG)
        log.propagate = False
        log.addHandler(Buffered())
        return log

    def close_good(self, log):
        AUDIT["requests"] += 1
        for handler in tuple(log.handlers):
            log.removeHandler(handler)
            handler.close()


class Tariff:
    def __init__(self, seed):
        rng = random.Random(seed)
        self.base = {age: 120 + rng.random() * age for age in range(18, 100)}
        self.factor = {code: 0.7 + rng.random() for code in range(100)}

    def premium(self, application, log):
        price = self.base[application["age"]] * self.factor[application["region"]]
        log.debug("base price %.2f for age %d in region %d", price, application["age"], application["region"])
        for item in application["items"]:
            part = item["value"] * 0.0031 * (1 + item["risk"])
            price += part
            log.debug("item %s worth %.2f adds %.4f", item["name"], item["value"], part)
        return round(price, 2)


def install_middleware(app, mode):
    logs = RequestLogs()
    opener, closer = (logs.open_bad, logs.close_bad) if mode == "bad" else (logs.open_good, logs.close_good)

    @app.before_request
    def start():
        g.log = opener(request.headers["X-Request-Id"])
        g.log.info("%s %s from %s", request.method, request.path, request.headers.get("User-Agent"))

    @app.teardown_request
    def finish(error):
        closer(g.log)


def create_app(mode):
    app = Flask("quotes")
    app.config["TARIFF"] = Tariff(1212)
    install_middleware(app, mode)

    @app.post("/quote")
    def quote():
        application = request.get_json()
        if application["age"] > 90:
            g.log.error("age %d is not insured", application["age"])
            return jsonify(error="age"), 422
        return jsonify(premium=current_app.config["TARIFF"].premium(application, g.log))

    return app


def applications(rng, count):
    for _ in range(count):
        yield {"age": rng.randint(18, 95), "region": rng.randrange(100), "items": [
            {"name": "%s-%05d" % (rng.choice(["bike", "ring", "sofa", "piano", "camera"]), rng.randrange(99999)),
             "value": round(rng.uniform(20, 9000), 2), "risk": rng.random()} for _ in range(rng.randint(8, 30))]}


APP = None


def main(mode):
    global APP
    APP = create_app(mode)
    rng = random.Random(1213)
    client = APP.test_client()
    total, refused = 0.0, 0
    for application in applications(rng, 4000):
        reply = client.post("/quote", json=application, headers={"X-Request-Id": "%016x" % rng.getrandbits(64)})
        if reply.status_code == 200:
            total += reply.get_json()["premium"]
        else:
            refused += 1
    print("requests %d, refused %d, premiums %.2f, shipped %d" % (
        AUDIT["requests"], refused, total, AUDIT["ERROR"]))


if __name__ == "__main__":
    main(sys.argv[1])
