"""A collector that calls a supplier's API, with an audit of all calls for the monthly bill."""
import random
from collections import Counter

import httpx

from harness import case, run

PAGE = random.Random(21).randbytes(2048).hex()


def supplier(request):
    number = int(request.url.path.rsplit("/", 1)[1])
    if number % 50 == 0:
        return httpx.Response(404, text="no such part")
    size = 40 + number % 30
    return httpx.Response(200, json={"part": number, "stock": number * 13 % 400, "sheet": PAGE * size})


class CallAudit:
    def __init__(self):
        self.calls = []

    def add(self, response):
        self.calls.append(response)

    def bill(self):
        status = Counter(response.status_code for response in self.calls)
        volume = sum(int(response.headers["content-length"]) for response in self.calls)
        return sorted(status.items()), volume


class Call:
    def __init__(self, response):
        self.status_code = response.status_code
        self.headers = {"content-length": response.headers["content-length"]}


class MetadataAudit(CallAudit):
    def add(self, response):
        self.calls.append(Call(response))


class Collector:
    def __init__(self, audit):
        self.audit = audit
        self.client = httpx.Client(
            base_url="https://supplier.example", transport=httpx.MockTransport(supplier),
            event_hooks={"response": [audit.add]})
        self.stock = {}

    def collect(self, parts):
        for part in parts:
            response = self.client.get(f"/parts/{part}")
            if response.status_code == 200:
                self.stock[part] = response.json()["stock"]


def month(audit):
    collector = Collector(audit)
    collector.collect(range(1, 321))
    print(len(collector.stock), sum(collector.stock.values()), *audit.bill())
    return collector


@case("ww 02 call audit")
class _:
    def bad():
        return month(CallAudit())

    def good():
        return month(MetadataAudit())


if __name__ == "__main__":
    kept = run()
