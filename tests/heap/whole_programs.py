"""Whole programs, as users write them, with one fault each: name -> (the rule that finds it, the text).

Of a text two programs are made: lines that end in `# wasteful` are the wasteful one's alone, lines that begin with
`# mended:` the mended one's. Both print the same.
"""

from __future__ import annotations

PROGRAMS = {
    "track": (
        "HW301",
        r'''
import argparse
import math
import random
from collections import defaultdict


class TrackPoint:
# mended:    __slots__ = ("vehicle", "lat", "lon", "speed", "heading")
    def __init__(self, vehicle, lat, lon, speed, heading):
        self.vehicle = vehicle
        self.lat = lat
        self.lon = lon
        self.speed = speed
        self.heading = heading

    def distance(self, other):
        return math.hypot(self.lat - other.lat, self.lon - other.lon)


def parse(line):
    vehicle, lat, lon, speed, heading = line.split(",")
    return TrackPoint(int(vehicle), float(lat), float(lon), int(speed), int(heading))


def lines(count, seed):
    dice = random.Random(seed)
    for i in range(count):
        yield f"{i % 40},{dice.random() * 90:.5f},{dice.random() * 180:.5f},{dice.randrange(130)},{dice.randrange(360)}"


def load(count, seed=1):
    tracks = defaultdict(list)
    for line in lines(count, seed):
        point = parse(line)
        tracks[point.vehicle].append(point)
    return tracks


def total_length(points):
    return sum(a.distance(b) for a, b in zip(points, points[1:]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=120_000)
    options = parser.parse_args()
    tracks = load(options.count)
    for vehicle in sorted(tracks)[:5]:
        print(vehicle, round(total_length(tracks[vehicle]), 2))


if __name__ == "__main__":
    main()
''',
    ),
    "cliff": (
        "HW301",
        r'''
import random

CHANNELS = [f"channel_{i}" for i in range(34)]


class Sample:
# mended:    __slots__ = ("at", *CHANNELS)
    def __init__(self, at, values):
        self.at = at
        for name, value in zip(CHANNELS, values):
            setattr(self, name, value)


def read(count):
    dice = random.Random(3)
    for i in range(count):
        yield Sample(i, [dice.randrange(200) for _ in CHANNELS])


def main():
    samples = list(read(9000))
    print(max(sample.channel_7 for sample in samples), len(samples))


if __name__ == "__main__":
    main()
''',
    ),
    "series": (
        "HW303",
        r'''
import math
import random
# mended:from array import array


class Recorder:
    """Readings of many sensors, in order."""

    def __init__(self, names):
        self.values = {name: [] for name in names}  # wasteful
# mended:        self.values = {name: array("d") for name in names}

    def push(self, name, value):
        self.values[name].append(value)

    def mean(self, name):
        return math.fsum(self.values[name]) / len(self.values[name])


def main():
    names = [f"sensor-{i:03}" for i in range(300)]
    recorder = Recorder(names)
    dice = random.Random(1)
    for _ in range(700):
        for name in names:
            recorder.push(name, dice.random())
    print(round(recorder.mean(names[0]), 3), round(recorder.mean(names[-1]), 3))


if __name__ == "__main__":
    main()
''',
    ),
    "points": (
        "HW317",
        r'''
import math
import random
# mended:from array import array


class Cloud:
    """A point cloud."""

    def __init__(self):
        self.points = []  # wasteful
# mended:        self.xs, self.ys, self.zs = array("d"), array("d"), array("d")

    def load(self, count):
        dice = random.Random(7)
        for _ in range(count):
            x, y, z = dice.random(), dice.random(), dice.random()
            self.points.append((x, y, z))  # wasteful
# mended:            self.xs.append(x); self.ys.append(y); self.zs.append(z)

    def radius(self):
        return max(math.sqrt(x * x + y * y + z * z) for x, y, z in self.points)  # wasteful
# mended:        return max(math.sqrt(x * x + y * y + z * z) for x, y, z in zip(self.xs, self.ys, self.zs))


def main():
    cloud = Cloud()
    cloud.load(120_000)
    print(round(cloud.radius(), 5))


if __name__ == "__main__":
    main()
''',
    ),
    "flags": (
        "HW318",
        r'''
import random

FEATURES = ["search", "export", "chat", "video", "admin", "beta", "api", "sso"]


# mended:BITS = {name: 1 << i for i, name in enumerate(FEATURES)}
class Users:
    def __init__(self):
        self.features = {}

    def grant(self, user, names):
        self.features[user] = set(names)  # wasteful
# mended:        self.features[user] = sum(BITS[name] for name in set(names))

    def count(self, name):
        return sum(name in features for features in self.features.values())  # wasteful
# mended:        return sum(bool(features & BITS[name]) for features in self.features.values())


def main():
    dice = random.Random(9)
    users = Users()
    for i in range(60_000):
        users.grant(f"user{i}", dice.sample(FEATURES, dice.randrange(1, 5)))
    for name in FEATURES:
        print(name, users.count(name))


main()
''',
    ),
    "postings": (
        "HW319",
        r'''
import random


class Index:
    """Word -> documents; most words are in one document alone."""

    def __init__(self):
        self.postings = {}

    def add(self, word, document):
        known = self.postings.get(word)
        if known is None:
            self.postings[word] = [document]  # wasteful
# mended:            self.postings[word] = document
        elif document not in known:  # wasteful
            known.append(document)  # wasteful
# mended:        elif isinstance(known, list):
# mended:            known.append(document)
# mended:        else:
# mended:            self.postings[word] = [known, document]


def main():
    dice = random.Random(11)
    index = Index()
    for document in range(200):
        for i in range(500):
            index.add(f"w{document}-{i}", document)
    print(len(index.postings))


if __name__ == "__main__":
    main()
''',
    ),
    "log": (
        "HW307",
        r'''
import re
import sys

PATTERN = re.compile(r"(?P<host>\S+) (?P<level>[A-Z]+) (?P<logger>\S+): (?P<size>\d+)")


class Entry:
    __slots__ = ("host", "level", "logger", "size")

    def __init__(self, host, level, logger, size):
        self.host = host
        self.level = level
        self.logger = logger
        self.size = size


def parse(line):
    found = PATTERN.match(line)
    host, level, logger, size = found.groups()
# mended:    host, level, logger = sys.intern(host), sys.intern(level), sys.intern(logger)
    return Entry(host, level, logger, int(size))


def lines(count):
    for i in range(count):
        yield f"web-{i % 12:02}.example.org {('INFO', 'WARNING', 'ERROR')[i % 3]} app.services.orders.{i % 6}: {i % 250}"


def main():
    entries = [parse(line) for line in lines(70_000)]
    print(sum(entry.level == "ERROR" for entry in entries), len(entries))


if __name__ == "__main__":
    main()
''',
    ),
    "csv_list": (
        "HW701",
        r'''
import csv
import tempfile
from pathlib import Path


def make(path, rows):
    with path.open("w") as file:
        file.write("id,amount,shop\n")
        for i in range(rows):
            file.write(f"{i},{i % 91},{i % 13}\n")


def total(path):
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))  # wasteful
# mended:        rows = csv.DictReader(file)
        return sum(int(row["amount"]) for row in rows)


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        make(path, 80_000)
        print(total(path))


if __name__ == "__main__":
    main()
''',
    ),
    "method_list": (
        "HW702",
        r'''
import random


class Sensor:
    def __init__(self, seed):
        self.dice = random.Random(seed)

    def read(self):
        return bytes(self.dice.randrange(256) for _ in range(40)) * 500

    def readings(self, count):
        return [self.read() for _ in range(count)]  # wasteful
# mended:        return (self.read() for _ in range(count))


def average(sensor, count):
    total = 0
    for reading in sensor.readings(count):
        total += sum(reading) / len(reading)
    return total / count


if __name__ == "__main__":
    print(round(average(Sensor(4), 600), 4))
''',
    ),
    "append_return": (
        "HW702",
        r'''
import random


def blocks(path_count):
    found = []  # wasteful
    for i in range(path_count):
        block = bytearray(60_000)
        block[0] = i % 251
        found.append(block)  # wasteful
# mended:        yield block
    return found  # wasteful


def checksum(count):
    total = 0
    for block in blocks(count):
        total = (total * 31 + block[0] + len(block)) % 1_000_003
    return total


def main():
    print(checksum(500))


if __name__ == "__main__":
    main()
''',
    ),
    "topk": (
        "HW705",
        r'''
import heapq
import random


def scores(count):
    dice = random.Random(9)
    for i in range(count):
        yield dice.random(), f"player {i}"


def best(count, k):
    return sorted(scores(count), reverse=True)[:k]  # wasteful
# mended:    return heapq.nlargest(k, scores(count))


def main():
    for score, name in best(150_000, 5):
        print(name, round(score, 6))


if __name__ == "__main__":
    main()
''',
    ),
    "slices": (
        "HW719",
        r'''
import struct


def records(blob):
    """Length-prefixed records."""
    found = 0
# mended:    at = 0
    while blob:  # wasteful
        (length,) = struct.unpack_from("<I", blob)  # wasteful
        found += blob[4]  # wasteful
        blob = blob[4 + length :]  # wasteful
# mended:    while at < len(blob):
# mended:        (length,) = struct.unpack_from("<I", blob, at)
# mended:        found += blob[at + 4]
# mended:        at += 4 + length
    return found


def make(count):
    return (struct.pack("<I", 5000) + bytes(5000)) * count


def main():
    blob = make(2000)
    print(records(blob))


if __name__ == "__main__":
    main()
''',
    ),
    "memo": (
        "HW506",
        r'''
import time

_CACHE = {}  # wasteful


def normalise(text):
    if text in _CACHE:  # wasteful
        return _CACHE[text]  # wasteful
    result = " ".join(sorted(text.lower().split()))
    _CACHE[text] = result  # wasteful
    return result


def main():
    longest = 0
    for i in range(60_000):
        longest = max(longest, len(normalise(f"The quick brown fox number {i} jumps over the lazy dog {i}")))
    time.sleep(0.2)
    print(longest)


if __name__ == "__main__":
    main()
''',
    ),
    "generations": (
        "HW720",
        r'''
import random
import time

def population(generation, count):
    dice = random.Random(generation)
    made = [f"{dice.random():.9f} of {generation}" for _ in range(count)]
    time.sleep(0.2)
    return made

def best(members):
    return float(max(members).split()[0])

def main():
    members = population(0, 100_000)
    history = [best(members)]
    for generation in range(1, 3):
# mended:        del members
        members = population(generation, 100_000)
        history.append(best(members))
    print([round(each, 6) for each in history])

main()
''',
    ),
    "lines_by_name": (
        "HW703",
        r'''
import os
import re
import tempfile
import collections

LINE = re.compile(r"(\S+) (\w+) (/\S*) (\d+) (\d+)ms")

def write(path, count):
    with open(path, "w") as out:
        for i in range(count):
            out.write(f"10.0.{i % 200}.{i % 7} GET /item/{i % 999} {200 if i % 9 else 404} {i % 333}ms\n")

def analyse(path):
    with open(path) as source:
        text = source.read()  # wasteful
        lines = text.splitlines()  # wasteful
# mended:        lines = source
        slow, states = collections.Counter(), collections.Counter()
        for line in lines:
            found = LINE.match(line)
            if not found:
                continue
            states[found[4]] += 1
            if int(found[5]) > 300:
                slow[found[3]] += 1
    return slow, states

def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "access.log")
        write(path, 150_000)
        slow, states = analyse(path)
    print(sorted(states.items()), slow.most_common(3))

main()
''',
    ),
    "records_of_lines": (
        "HW702",
        r'''
import json
import os
import tempfile

def write(path, count):
    with open(path, "w") as out:
        for i in range(count):
            out.write(json.dumps({"id": i, "tags": [f"t{i % 9}", f"k{i % 31}"], "score": i % 997 / 10, "text": "lorem ipsum " * 3 + str(i)}) + "\n")

def records(path):
    with open(path) as source:
        return [json.loads(line) for line in source]  # wasteful
# mended:        for line in source:
# mended:            yield json.loads(line)

def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "items.jsonl")
        write(path, 40_000)
        total, tags = 0.0, {}
        for record in records(path):
            total += record["score"]
            for tag in record["tags"]:
                tags[tag] = tags.get(tag, 0) + 1
    print(round(total, 2), sorted(tags.items())[:3])

main()
''',
    ),
    "sessions": (
        "HW325",
        r'''
import functools
import json
import os
import tempfile

def write(path, count):
    shapes = {
        f"Shape{i}": [i / 8, {f"field{i}_{j}": f"Shape{i * j % count} of the service, as it is documented" for j in range(3)}]
        for i in range(1, count)
    }
    with open(path, "w") as out:
        json.dump({"version": "1.0", "shapes": shapes}, out)

# mended:@functools.cache
def load(path):
    with open(path) as source:
        return json.load(source)

class Client:
    def __init__(self, path, tenant):
        self.tenant = tenant
        self.schema = load(path)

    def weight(self, shape):
        weight, members = self.schema["shapes"][shape]
        return weight + sum(map(len, members.values()))

def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "service.json")
        write(path, 800)
        clients = {f"tenant {i}": Client(path, i) for i in range(20)}
    print(sum(client.weight(f"Shape{client.tenant * 7 + 1}") for client in clients.values()))

main()
''',
    ),
    "meters": (
        "HW326",
        r'''
import csv
import random
from array import array
from collections import defaultdict

def lines(count):
    dice = random.Random(3)
    yield "meter,reading"
    for i in range(count):
        yield f"meter {i % 25},{dice.random() * 10_000:.4f}"

def load(count):
    series = defaultdict(list)  # wasteful
# mended:    series = defaultdict(lambda: array("d"))
    for row in csv.DictReader(lines(count)):
        series[row["meter"]].append(row["reading"])  # wasteful
# mended:        series[row["meter"]].append(float(row["reading"]))
    return series

def main():
    series = load(200_000)
    for meter in sorted(series)[:4]:
        print(meter, round(max(map(float, series[meter])), 3), len(series[meter]))

main()
''',
    ),
}  # fmt: skip


def variants(text: str) -> tuple[str, str]:
    """(the wasteful program, the mended one)."""
    lines = text.strip("\n").split("\n")
    wasteful = [
        line.removesuffix("  # wasteful") for line in lines if not line.startswith("# mended:")
    ]
    mended = [line.removeprefix("# mended:") for line in lines if not line.endswith("  # wasteful")]
    return "\n".join(wasteful) + "\n", "\n".join(mended) + "\n"
