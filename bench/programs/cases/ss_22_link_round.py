import random
from collections import Counter

import httpx

from harness import case, run

PAGE = random.Random(2222).randbytes(240_000)


def museum(request):
    """Stands in for the museum's server."""
    number = int(request.url.path.rsplit("/", 1)[1])
    if number % 13 == 5:
        return httpx.Response(404, content=b"gone")
    return httpx.Response(200, content=PAGE[:200_000 + number * 97])


class LinkRound:
    """Calls on every page of the guide and tells which are no longer there."""

    def __init__(self, client):
        self.client = client
        self.visits = {}

    def visit(self, address):
        self.visits[address] = self.client.get(address)

    def status(self, address):
        return self.visits[address].status_code

    def report(self):
        statuses = Counter(self.status(address) for address in self.visits)
        gone = [address for address in self.visits if self.status(address) == 404]
        return f"{dict(statuses)} first gone {gone[0]}"


class StatusRound(LinkRound):
    def visit(self, address):
        self.visits[address] = self.client.get(address).status_code

    def status(self, address):
        return self.visits[address]


def walk(kind):
    with httpx.Client(transport=httpx.MockTransport(museum), base_url="https://museum.example") as client:
        links = kind(client)
        for number in range(320):
            links.visit(f"/object/{number}")
    print(links.report())
    return links


@case("ss 22 link round")
class _:
    def bad():
        return walk(LinkRound)

    def good():
        return walk(StatusRound)


if __name__ == "__main__":
    kept = run()
