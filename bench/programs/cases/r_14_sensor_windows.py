"""Stream processor: tumbling one-minute windows per sensor, percentiles at close, a live dashboard beside it."""
import heapq
import random
import sys
from collections import defaultdict

import numpy as np


class Sketch:
    """Histogram of the values of one window."""

    low, high, bins = -40.0, 120.0, 640

    def __init__(self):
        self.counts = np.full(self.bins, 0, dtype="int32")
        self.total = 0

    def add(self, value):
        place = int((value - self.low) / (self.high - self.low) * self.bins)
        self.counts[min(max(place, 0), self.bins - 1)] += 1
        self.total += 1

    def quantile(self, q):
        if not self.total:
            return None
        place = int(np.searchsorted(np.cumsum(self.counts), q * self.total))
        return self.low + (place + 0.5) * (self.high - self.low) / self.bins


class WindowTable:
    """Open windows by (sensor, minute); each is closed when the watermark has passed it."""

    def __init__(self):
        self.windows = defaultdict(Sketch)
        self.deadlines = []

    def add(self, sensor, minute, value):
        sketch = self.windows[(sensor, minute)]
        if not sketch.total:
            heapq.heappush(self.deadlines, (minute, sensor))
        sketch.add(value)

    def median_bad(self, sensor, minute):
        return self.windows[(sensor, minute)].quantile(0.5)

    def median_good(self, sensor, minute):
        sketch = self.windows.get((sensor, minute))
        return sketch.quantile(0.5) if sketch else None

    def expired(self, watermark):
        while self.deadlines and self.deadlines[0][0] < watermark:
            minute, sensor = heapq.heappop(self.deadlines)
            yield sensor, minute, self.windows.pop((sensor, minute))


class Dashboard:
    """Shows a few tiles; each asks for the latest median of a sensor, or of the minute before."""

    def __init__(self, median, seed):
        self.median = median
        self.rng = random.Random(seed)
        self.shown = 0
        self.empty = 0

    def refresh(self, sensors, minute):
        for sensor in self.rng.sample(sensors, 12):
            value = self.median(sensor, minute)
            if value is None:
                value = self.median(sensor, minute - 3)
            if value is None:
                self.empty += 1
            else:
                self.shown += 1


class Sensors:
    """Simulated field devices; many of them are silent most of the time."""

    def __init__(self, seed, count):
        self.rng = random.Random(seed)
        self.names = ["s-%04x" % self.rng.getrandbits(16) for _ in range(count)]
        self.level = {n: self.rng.uniform(-10, 60) for n in self.names}

    def minute(self, minute):
        awake = self.rng.sample(self.names, 40)
        for _ in range(160):
            name = self.rng.choice(awake)
            delay = self.rng.choice((0, 0, 0, 0, 1))
            yield name, minute - delay, self.rng.gauss(self.level[name], 5.0)


class Processor:
    def __init__(self, mode):
        self.table = WindowTable()
        median = self.table.median_bad if mode == "bad" else self.table.median_good
        self.dashboard = Dashboard(median, 1414)
        self.closed = 0
        self.sum_p95 = 0.0

    def run(self, sensors, minutes):
        for minute in range(minutes):
            for name, at, value in sensors.minute(minute):
                self.table.add(name, at, value)
            self.dashboard.refresh(sensors.names, minute)
            for _, _, sketch in self.table.expired(minute - 2):
                self.closed += 1
                self.sum_p95 += sketch.quantile(0.95)


PROCESSOR = None


def main(mode):
    global PROCESSOR
    PROCESSOR = Processor(mode)
    PROCESSOR.run(Sensors(1415, 900), 1500)
    board = PROCESSOR.dashboard
    print("closed %d windows, p95 sum %.2f, tiles %d shown, %d empty" % (
        PROCESSOR.closed, PROCESSOR.sum_p95, board.shown, board.empty))


if __name__ == "__main__":
    main(sys.argv[1])
