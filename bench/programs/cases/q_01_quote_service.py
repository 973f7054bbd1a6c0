"""Insurance quote service: a Flask app with request tracing around the handlers."""
import json
import random
import sys
import time

from flask import Flask, g, jsonify, request, request_finished

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
app = Flask("quotes")


class QuoteStore:
    def __init__(self, keep=200):
        self.keep = keep
        self.quotes = {}

    def put(self, number, premium):
        self.quotes[number] = premium
        while len(self.quotes) > self.keep:
            self.quotes.pop(next(iter(self.quotes)))


class TraceStats:
    def __init__(self):
        self.finished = 0
        self.bytes_in = 0
        self.by_status = {}

    def add(self, trace, status):
        self.finished += 1
        self.bytes_in += trace.size
        self.by_status[status] = self.by_status.get(status, 0) + 1


class Trace:
    """What is known of one request until its response is out."""

    def __init__(self, path, body, size):
        self.path = path
        self.body = body
        self.size = size
        self.begun = time.perf_counter()
        self.closed = False

    def watch_bad(self, sender, stats):
        def on_finished(_sender, response, **extra):
            if self.closed:
                return
            self.closed = True
            stats.add(self, response.status_code)

        request_finished.connect(on_finished, sender, weak=False)

    def watch_good(self, sender, stats):
        def on_finished(_sender, response, **extra):
            if self.closed:
                return
            self.closed = True
            stats.add(self, response.status_code)
            request_finished.disconnect(on_finished)

        request_finished.connect(on_finished, sender, weak=False)


store = QuoteStore()
stats = TraceStats()


@app.before_request
def open_trace():
    body = request.get_json()
    g.trace = Trace(request.path, body, request.content_length or 0)
    watch = g.trace.watch_bad if ARM == "bad" else g.trace.watch_good
    watch(app, stats)


def risk(vehicle):
    base = 180 + vehicle["power"] * 1.7
    if vehicle["age"] > 12:
        base *= 0.8
    return base + sum(claim["amount"] * 0.02 for claim in vehicle["claims"])


@app.post("/quote")
def quote():
    body = g.trace.body
    premium = round(sum(risk(v) for v in body["fleet"]), 2)
    store.put(body["number"], premium)
    if premium > 60000:
        return jsonify(number=body["number"], refer=True), 202
    return jsonify(number=body["number"], premium=premium)


def make_fleet(rng):
    return [{"plate": f"{rng.randrange(16**6):06X}", "power": rng.randrange(40, 300),
             "age": rng.randrange(0, 25),
             "claims": [{"year": rng.randrange(2008, 2026), "amount": round(rng.expovariate(1 / 900), 2),
                         "note": f"ref {rng.getrandbits(60):x}"} for _ in range(rng.randrange(0, 6))]}
            for _ in range(rng.randrange(20, 90))]


def main():
    rng = random.Random(11)
    client = app.test_client()
    answers = {}
    for number in range(1500):
        payload = json.dumps({"number": number, "fleet": make_fleet(rng)})
        reply = client.post("/quote", data=payload, content_type="application/json")
        answers[reply.status_code] = answers.get(reply.status_code, 0) + 1
    print("quotes", stats.finished, "bytes", stats.bytes_in, sorted(answers.items()),
          "kept", len(store.quotes))


if __name__ == "__main__":
    main()
