"""Delivery pathfinder: loads the road segments of a region (JSON lines) and routes vans between hubs."""
import heapq
import json
import os
import random
import sys
import tempfile

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
ROADS = os.path.join(tempfile.gettempdir(), "memory-cases", "uu-roads.jsonl")


def write_roads(path):
    rng = random.Random(1616)
    places = [f"{rng.choice(['Nord', 'Sued', 'Ober', 'Unter', 'Alt', 'Neu'])}{rng.choice(['dorf', 'hausen', 'berg', 'tal', 'feld'])}"
              f"/{rng.randint(10000, 99999)}" for _ in range(6000)]
    operators = [f"Road authority {name} {n}" for name in ("north", "east", "south", "west") for n in range(1, 15)]
    surfaces = ["asphalt", "concrete", "cobblestone", "gravel", "paved:lanes", "unpaved"]
    with open(path + ".tmp", "w") as out:
        for n in range(120_000):
            start = rng.randrange(6000)
            end = (start + rng.choice([1, 2, 3, 7, 60, 77, -1, -60, rng.randint(1, 900)])) % 6000
            out.write(json.dumps({
                "start": places[start], "end": places[end], "km": round(rng.lognormvariate(1.2, 0.6), 3),
                "road": f"{rng.choice(['A', 'B', 'L', 'K'])}-{rng.randint(1, 800)} section {rng.randint(1, 4)}",
                "operator": rng.choice(operators), "surface": rng.choice(surfaces),
                "restriction": rng.choice(["none at all", "max 3.5 t", "max 7.5 t", "no transit", "toll road"])}) + "\n")
    os.rename(path + ".tmp", path)


def ensure_roads():
    os.makedirs(os.path.dirname(ROADS), exist_ok=True)
    if not os.path.exists(ROADS):
        pid = os.fork()
        if pid == 0:
            write_roads(ROADS)
            os._exit(0)
        os.waitpid(pid, 0)


class Segment:
    __slots__ = ("end", "km", "road", "operator", "surface", "restriction")

    def __init__(self, end, km, road, operator, surface, restriction):
        self.end, self.km, self.road = end, km, road
        self.operator, self.surface, self.restriction = operator, surface, restriction


class Decoder:
    """Turns a line of the feed into a segment."""

    def __init__(self):
        self.known = {}

    def label_bad(self, value):
        return value.strip()

    def label_good(self, value):
        value = value.strip()
        return self.known.setdefault(value, value)

    def decode(self, line):
        label = self.label_bad if ARM == "bad" else self.label_good
        raw = json.loads(line)
        segment = Segment(label(raw["end"]), raw["km"], label(raw["road"]), label(raw["operator"]),
                          label(raw["surface"]), label(raw["restriction"]))
        return label(raw["start"]), segment


class RoadNet:
    def __init__(self):
        self.segments = {}
        self.count = 0

    def load(self, path):
        decoder = Decoder()
        with open(path) as lines:
            for line in lines:
                start, segment = decoder.decode(line)
                self.segments.setdefault(start, []).append(segment)
                self.count += 1
        return self


class Router:
    SPEED = {"asphalt": 80, "concrete": 75, "cobblestone": 35, "gravel": 30, "paved:lanes": 70, "unpaved": 20}

    def __init__(self, net):
        self.net = net

    def minutes(self, segment, tonnes):
        if segment.restriction == "no transit" or (segment.restriction == "max 3.5 t" and tonnes > 3.5):
            return None
        return 60 * segment.km / self.SPEED[segment.surface]

    def route(self, origin, goal, tonnes):
        best, queue = {origin: 0.0}, [(0.0, origin)]
        while queue:
            spent, place = heapq.heappop(queue)
            if place == goal:
                return spent
            if spent > best[place]:
                continue
            for segment in self.net.segments.get(place, ()):
                cost = self.minutes(segment, tonnes)
                if cost is not None and spent + cost < best.get(segment.end, 1e12):
                    best[segment.end] = spent + cost
                    heapq.heappush(queue, (spent + cost, segment.end))
        return None


def main():
    ensure_roads()
    rng = random.Random(99)
    router = Router(RoadNet().load(ROADS))
    hubs = rng.sample(sorted(router.net.segments), 24)
    times = [router.route(*rng.sample(hubs, 2), rng.choice([2.8, 7.0])) for _ in range(12)]
    reached = [minutes for minutes in times if minutes is not None]
    operators = len({segment.operator for row in router.net.segments.values() for segment in row})
    print(f"segments={router.net.count} operators={operators} routes={len(reached)} minutes={sum(reached):.2f}")
    return router


if __name__ == "__main__":
    SERVER = main()
