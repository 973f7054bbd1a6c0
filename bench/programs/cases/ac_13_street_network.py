"""Keeps a city's street network in memory and answers questions about its junctions."""
from dataclasses import dataclass

from harness import case, run

KINDS = ("signal", "stop", "roundabout", "yield")
JUNCTIONS = 420_000


@dataclass(slots=True)
class Junction:
    kind: str
    x: int
    y: int
    level: int
    lanes: int
    speed: int
    lit: bool
    crossing: bool
    closed: bool


def survey(count):
    """The junctions as the surveyors deliver them."""
    for n in range(count):
        yield n, (KINDS[n % 4], n % 650, n // 650, n % 3 - 1, n % 5 + 1, 30 + 10 * (n % 4),
                  n % 2 == 0, n % 3 == 0, n % 41 == 0)


class Network:
    FIELDS = ("kind", "x", "y", "level", "lanes", "speed", "lit", "crossing", "closed")

    def __init__(self):
        self.junctions = []

    def load(self, rows):
        for _, values in rows:
            self.junctions.append(dict(zip(self.FIELDS, values)))

    def open_lanes(self, kind):
        return sum(j["lanes"] for j in self.junctions if j["kind"] == kind and not j["closed"])

    def dark_crossings(self):
        return sum(1 for j in self.junctions if j["crossing"] and not j["lit"])


class TypedNetwork(Network):
    def load(self, rows):
        for _, values in rows:
            self.junctions.append(Junction(*values))

    def open_lanes(self, kind):
        return sum(j.lanes for j in self.junctions if j.kind == kind and not j.closed)

    def dark_crossings(self):
        return sum(1 for j in self.junctions if j.crossing and not j.lit)


def plan(network):
    network.load(survey(JUNCTIONS))
    lanes = {kind: network.open_lanes(kind) for kind in KINDS}
    print(f"{len(network.junctions)} junctions, {lanes}, {network.dark_crossings()} dark crossings")
    return network


@case("ac 13 street network")
class _:
    def bad():
        return plan(Network())

    def good():
        return plan(TypedNetwork())


if __name__ == "__main__":
    kept = run()
