"""Normalises sensor traces and writes an hourly digest."""
import csv
import itertools
import os
import tempfile
from collections import defaultdict


def write_trace(path, count):
    with open(path, "w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["second", "sensor", "reading"])
        for n in range(count):
            writer.writerow([n // 4, f"s{n % 25}", f"{(n * 7717 % 100003) / 7:.3f}"])


class Trace:
    """Iterates over (second, sensor, reading) rows of a trace file."""

    def __init__(self, path):
        self.path = path

    def __iter__(self):
        with open(self.path, newline="") as handle:
            rows = csv.reader(handle)
            next(rows)
            for second, sensor, reading in rows:
                yield int(second), sensor, float(reading)


def extent(rows):
    low, high = float("inf"), float("-inf")
    for _, _, reading in rows:
        low = min(low, reading)
        high = max(high, reading)
    return low, high


def normalise(trace):
    """Scale all readings to 0..1."""
    probe, rows = itertools.tee(trace)
    low, high = extent(probe)
    span = high - low or 1.0
    for second, sensor, reading in rows:
        yield second, sensor, (reading - low) / span


def smooth(rows, weight):
    level = {}
    for second, sensor, value in rows:
        previous = level.get(sensor, value)
        level[sensor] = previous + weight * (value - previous)
        yield second, sensor, level[sensor]


def hourly(rows):
    sums = defaultdict(float)
    counts = defaultdict(int)
    for second, sensor, value in rows:
        key = second // 3600, sensor
        sums[key] += value
        counts[key] += 1
    return {key: sums[key] / counts[key] for key in sums}


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "trace.csv")
        write_trace(path, 400_000)
        digest = hourly(smooth(normalise(Trace(path)), 0.2))
    print("cells", len(digest))
    for key in sorted(digest)[:5]:
        print(*key, f"{digest[key]:.6f}")
    print("top", max(digest, key=lambda k: (digest[k], k)))


if __name__ == "__main__":
    main()
