"""Fleet telematics hub: one decoder per vehicle turns its uploads into odometer, fuel and harsh events."""
import math
import random
import struct
import sys
from dataclasses import dataclass

ARM = sys.argv[1]
VEHICLES = 260
ROUNDS = 3
POINT = struct.Struct("<IffHB")


@dataclass
class State:
    vehicle: str
    metres: float = 0.0
    harsh: int = 0
    fuel: float = 100.0
    uploads: int = 0


class Modem:
    """Stands for the boxes in the trucks: gives each vehicle's next upload."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.place = {}

    def upload(self, vehicle):
        rnd = self.random
        lat, lon, clock = self.place.get(vehicle, (rnd.uniform(47, 54), rnd.uniform(6, 15), 1_700_000_000))
        records = bytearray()
        for _ in range(rnd.randint(900, 1700)):
            clock += rnd.randint(1, 15)
            lat += rnd.gauss(0, 0.002)
            lon += rnd.gauss(0, 0.003)
            records += POINT.pack(clock, lat, lon, int(min(900, abs(rnd.gauss(600, 180)))), rnd.randint(5, 100))
        self.place[vehicle] = lat, lon, clock
        return bytes(records)


def decode(payload):
    points = []
    for clock, lat, lon, speed, fuel in POINT.iter_unpack(payload):
        points.append((clock, lat, lon, speed / 10, float(fuel)))
    return points


def distance(points):
    total = 0.0
    for (_, lat0, lon0, *_), (_, lat1, lon1, *_) in zip(points, points[1:]):
        total += math.hypot(lat1 - lat0, (lon1 - lon0) * math.cos(math.radians(lat0))) * 111_320
    return total


def harsh_events(points):
    return sum(abs(after[3] - before[3]) > 45 for before, after in zip(points, points[1:]))


class Decoder:
    def __init__(self, vehicle):
        self.state = State(vehicle)

    def take(self, points):
        self.state.metres += distance(points)
        self.state.harsh += harsh_events(points)
        self.state.fuel = points[-1][4]
        self.state.uploads += 1

    def run_bad(self):
        while True:
            payload = yield self.state
            points = decode(payload)
            self.take(points)

    def run_good(self):
        while True:
            self.take(decode((yield self.state)))

    run = run_bad if ARM == "bad" else run_good


class Hub:
    def __init__(self):
        self.decoders = {}
        self.states = {}

    def _decoder(self, vehicle):
        if vehicle not in self.decoders:
            self.decoders[vehicle] = Decoder(vehicle).run()
            next(self.decoders[vehicle])
        return self.decoders[vehicle]

    def receive(self, vehicle, payload):
        self.states[vehicle] = self._decoder(vehicle).send(payload)

    def summary(self):
        states = self.states.values()
        return "vehicles %d uploads %d km %.0f harsh %d fuel %.0f" % (
            len(states), sum(s.uploads for s in states), sum(s.metres for s in states) / 1000,
            sum(s.harsh for s in states), sum(s.fuel for s in states) / len(states))


MODEM = Modem(12)
HUB = Hub()
for turn in range(ROUNDS):
    for number in range(VEHICLES):
        name = "B-TX %04d" % (number * 13)
        HUB.receive(name, MODEM.upload(name))
print(HUB.summary())
