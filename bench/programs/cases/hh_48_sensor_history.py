"""History of a sensor network, read from CSV and asked by sensor and time."""
import bisect
import csv
import random
from array import array
from statistics import fmean

from harness import CASES, D, case, fixture, run


def build_readings(path):
    rng = random.Random(48)
    with open(path, "w", newline="") as f:
        out = csv.writer(f)
        out.writerow(["sensor", "at", "temperature", "humidity", "battery"])
        at = 1_700_000_000
        for _ in range(220_000):
            at += rng.randrange(1, 9)
            out.writerow([f"s{rng.randrange(150):03d}", at, round(rng.gauss(14, 8), 2),
                          round(rng.uniform(20, 99), 1), rng.randrange(100)])


class History:
    """sensor -> its readings, in order of time."""

    def __init__(self):
        self.sensors = {}

    def add(self, row):
        self.sensors.setdefault(row["sensor"], []).append({
            "at": int(row["at"]),
            "temperature": float(row["temperature"]),
            "humidity": float(row["humidity"]),
            "battery": int(row["battery"]),
        })

    def mean(self, sensor, column, start, end):
        return fmean(r[column] for r in self.sensors[sensor] if start <= r["at"] < end)

    def count(self):
        return sum(map(len, self.sensors.values()))


class Series:
    """The readings of one sensor, by column."""
    __slots__ = ("at", "temperature", "humidity", "battery")

    def __init__(self):
        self.at = array("I")
        self.temperature = array("f")
        self.humidity = array("f")
        self.battery = array("B")


class ColumnHistory(History):
    def add(self, row):
        series = self.sensors.get(row["sensor"])
        if series is None:
            series = self.sensors[row["sensor"]] = Series()
        series.at.append(int(row["at"]))
        series.temperature.append(float(row["temperature"]))
        series.humidity.append(float(row["humidity"]))
        series.battery.append(int(row["battery"]))

    def mean(self, sensor, column, start, end):
        series = self.sensors[sensor]
        low, high = bisect.bisect_left(series.at, start), bisect.bisect_left(series.at, end)
        return fmean(getattr(series, column)[low:high])

    def count(self):
        return sum(len(series.at) for series in self.sensors.values())


def load(history):
    with open(fixture("g7_readings.csv", build_readings), newline="") as f:
        for row in csv.DictReader(f):
            history.add(row)
    day = history.mean("s017", "temperature", 1_700_100_000, 1_700_200_000)
    return history, history.count(), round(day, 3)


@case('48 sensor readings as dicts')
class _:
    def setup():
        fixture("g7_readings.csv", build_readings)

    def bad():
        return load(History())

    def good():
        return load(ColumnHistory())


if __name__ == "__main__":
    kept = run()
