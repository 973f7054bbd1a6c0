"""Trace collector: validates batches of spans as they come in and sums them up."""
import time
from collections.abc import Iterable

from pydantic import BaseModel


class Span(BaseModel):
    name: str
    micros: int


class Trace(BaseModel):
    service: str
    spans: Iterable[Span]


def receive(n):
    """One decoded message of the wire."""
    return {"service": "svc-%d" % (n % 5),
            "spans": [{"name": "step-%d" % i, "micros": n % 1000 + i} for i in range(12)]}


class Totals:
    def __init__(self):
        self.micros = {}
        self.traces = 0

    def add(self, trace):
        spent = sum(span.micros for span in trace.spans)
        self.micros[trace.service] = self.micros.get(trace.service, 0) + spent
        self.traces += 1


def main(count=20_000):
    totals = Totals()
    for n in range(count):
        totals.add(Trace.model_validate(receive(n)))
    print("traces", totals.traces, "micros", sum(totals.micros.values()))
    time.sleep(0.3)


main()
