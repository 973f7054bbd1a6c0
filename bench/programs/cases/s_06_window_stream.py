"""Stream processor: tumbling windows per meter, closed by a watermark, with a trend against the last window."""
import heapq
import random
import sys
from array import array
from collections import defaultdict

WIDTH = 60
BUCKETS = 24


class Window:
    """A small histogram of one meter and one minute."""
    __slots__ = ("count", "total", "buckets")

    def __init__(self):
        self.count = 0
        self.total = 0.0
        self.buckets = array("d", bytes(8 * BUCKETS))

    def add(self, value):
        self.count += 1
        self.total += value
        self.buckets[min(BUCKETS - 1, int(value / 5))] += value

    def mean(self):
        return self.total / self.count if self.count else 0.0


EMPTY = Window()


class WindowStore:
    """Open windows; a key is taken off when its window is closed."""

    def __init__(self, arm):
        self.windows = defaultdict(Window)
        self.ends = []
        self.read = self.read_bad if arm == "bad" else self.read_good

    def add(self, meter, start, value):
        key = (meter, start)
        if key not in self.windows or not self.windows[key].count:
            heapq.heappush(self.ends, (start + WIDTH, key))
        self.windows[key].add(value)

    def read_bad(self, meter, start):
        return self.windows[(meter, start)]

    def read_good(self, meter, start):
        return self.windows.get((meter, start), EMPTY)

    def due(self, watermark):
        while self.ends and self.ends[0][0] <= watermark:
            _, key = heapq.heappop(self.ends)
            yield key, self.windows.pop(key)


class Trend:
    """Compares a value with the mean of the window three before, if that is still open."""

    def __init__(self, store):
        self.store = store
        self.rising = 0
        self.unknown = 0

    def look(self, meter, start, value):
        before = self.store.read(meter, start - 3 * WIDTH)
        if not before.count:
            self.unknown += 1
        elif value > before.mean():
            self.rising += 1


class Pipeline:
    def __init__(self, arm, lateness=150):
        self.store = WindowStore(arm)
        self.trend = Trend(self.store)
        self.lateness = lateness
        self.watermark = 0
        self.closed = 0
        self.late = 0
        self.energy = 0.0

    def push(self, meter, when, value):
        start = when - when % WIDTH
        if start + WIDTH <= self.watermark:
            self.late += 1
            return
        self.trend.look(meter, start, value)
        self.store.add(meter, start, value)
        if when - self.lateness > self.watermark:
            self.watermark = when - self.lateness
            self._close()

    def _close(self):
        for _, window in self.store.due(self.watermark):
            self.closed += 1
            self.energy += window.total


def meters(seed, count):
    rng = random.Random(seed)
    names = ["m-%05d" % rng.randrange(10 ** 5) for _ in range(900)]
    clock = 1_700_000_000
    for number in range(count):
        if number % 12 == 0:
            clock += 1
        yield rng.choice(names), clock - int(rng.expovariate(0.03)), rng.lognormvariate(3, 0.6)


def main(arm):
    pipeline = Pipeline(arm)
    for meter, when, value in meters(8, 300_000):
        pipeline.push(meter, when, value)
    print("closed", pipeline.closed, "late", pipeline.late, "rising", pipeline.trend.rising,
          "unknown", pipeline.trend.unknown, "energy %.3f" % pipeline.energy)
    return pipeline


if __name__ == "__main__":
    STATE = main(sys.argv[1])
