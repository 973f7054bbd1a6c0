"""Checks the readings of household meters and keeps them for the day's questions."""
import json
import random
from dataclasses import dataclass

from pydantic import BaseModel, TypeAdapter

from harness import case, fixture, run


def build_readings(path):
    rng = random.Random(13)
    with open(path, "w") as out:
        for n in range(110_000):
            out.write(json.dumps({
                "meter": rng.randrange(100, 240), "hour": rng.randrange(24), "day": rng.randrange(200),
                "kwh": rng.randrange(400) / 16, "phase": rng.randrange(1, 4), "estimated": rng.random() < 0.1,
            }) + "\n")


class ReadingModel(BaseModel):
    meter: int
    hour: int
    day: int
    kwh: float
    phase: int
    estimated: bool


@dataclass(slots=True)
class Reading:
    meter: int
    hour: int
    day: int
    kwh: float
    phase: int
    estimated: bool


class Ledger:
    def __init__(self, kind):
        self.parse = TypeAdapter(kind).validate_json
        self.readings = []

    def load(self, path):
        with open(path, "rb") as lines:
            for line in lines:
                self.readings.append(self.parse(line))

    def usage(self, phase):
        return sum(reading.kwh for reading in self.readings if reading.phase == phase and not reading.estimated)

    def busiest_hour(self):
        hours = [0.0] * 24
        for reading in self.readings:
            hours[reading.hour] += reading.kwh
        return max(range(24), key=hours.__getitem__)


def day(kind):
    ledger = Ledger(kind)
    ledger.load(fixture("xx_13_readings.jsonl", build_readings))
    usage = [round(ledger.usage(phase), 2) for phase in (1, 2, 3)]
    print(f"{len(ledger.readings)} readings, usage {usage}, busiest hour {ledger.busiest_hour()}")
    return ledger


@case("xx 13 meter readings")
class _:
    def setup():
        fixture("xx_13_readings.jsonl", build_readings)

    def bad():
        return day(ReadingModel)

    def good():
        return day(Reading)


if __name__ == "__main__":
    kept = run()
