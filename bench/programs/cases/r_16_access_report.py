"""Access-log report: share of every path in the traffic, slow clients against the overall mean."""
import itertools
import math
import os
import random
import re
import sys
import tempfile
from collections import Counter
from typing import NamedTuple

CASES = os.path.join(tempfile.gettempdir(), "memory-cases")
LOG = os.path.join(CASES, "ss-access.log")


def write_log(path):
    rng = random.Random(1616)
    hosts = ["%d.%d.%d.%d" % tuple(rng.randint(1, 254) for _ in range(4)) for _ in range(600)]
    areas = ["shop", "blog", "help", "api", "img", "account"]
    clock = 1750000000
    with open(path, "w") as out:
        for _ in range(150000):
            clock += rng.random() < 0.4
            out.write('%s %d "%s /%s/%d?ref=%x" %d %d %.4f\n' % (
                rng.choice(hosts), clock, rng.choices(["GET", "POST"], [9, 1])[0], rng.choice(areas),
                rng.randint(1, 300), rng.getrandbits(30), rng.choices([200, 304, 404, 500], [85, 8, 5, 2])[0],
                int(rng.lognormvariate(8, 1.5)), rng.expovariate(8)))
        out.write("truncated li\n")


def ensure_input(path, writer):
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    pid = os.fork()
    if pid == 0:
        writer(path + ".part")
        os.replace(path + ".part", path)
        os._exit(0)
    os.waitpid(pid, 0)


class Hit(NamedTuple):
    host: str
    area: str
    status: int
    size: int
    seconds: float


class LogFile:
    line = re.compile(r'(\S+) \d+ "\w+ (/\w+)[^"]*" (\d+) (\d+) ([\d.]+)$')

    def __init__(self, path):
        self.path = path

    def hits(self):
        with open(self.path) as lines:
            for text in lines:
                match = self.line.match(text)
                if match:
                    host, area, status, size, seconds = match.groups()
                    yield Hit(host, area, int(status), int(size), float(seconds))


class Passes:
    """Hands out the hits to the passes of the report."""

    def __init__(self, log):
        self.log = log

    def split_bad(self):
        return itertools.tee(self.log.hits(), 2)

    def split_good(self):
        return self.log.hits(), self.log.hits()


class Totals:
    def __init__(self):
        self.hits = 0
        self.bytes = 0
        self.seconds = 0.0
        self.squares = 0.0

    def consume(self, hits):
        for hit in hits:
            self.hits += 1
            self.bytes += hit.size
            self.seconds += hit.seconds
            self.squares += hit.seconds ** 2
        return self

    def limit(self, sigmas):
        mean = self.seconds / self.hits
        return mean + sigmas * math.sqrt(self.squares / self.hits - mean * mean)


class Shares:
    def __init__(self, totals):
        self.totals = totals
        self.area_bytes = Counter()
        self.slow = Counter()
        self.failed = Counter()

    def consume(self, hits):
        limit = self.totals.limit(3)
        for hit in hits:
            self.area_bytes[hit.area] += hit.size
            if hit.seconds > limit:
                self.slow[hit.host] += 1
            if hit.status >= 500:
                self.failed[hit.area] += 1
        return self

    def lines(self):
        for area, size in self.area_bytes.most_common():
            yield "%-9s %5.2f %% %d" % (area, 100 * size / self.totals.bytes, self.failed[area])
        yield "slowest %s" % (self.slow.most_common(1),)


def main(mode):
    ensure_input(LOG, write_log)
    passes = Passes(LogFile(LOG))
    first, second = passes.split_bad() if mode == "bad" else passes.split_good()
    totals = Totals().consume(first)
    report = Shares(totals).consume(second)
    print("%d hits; %s" % (totals.hits, "; ".join(report.lines())))


if __name__ == "__main__":
    main(sys.argv[1])
