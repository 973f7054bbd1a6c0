"""Incident analyser: reads rotated service logs and keeps the fatal incidents with their stack."""
import os
import random
import re
import sys
import tempfile
from collections import Counter

DIR = os.path.join(tempfile.gettempdir(), "memory-cases")
FILES, LINES = 70, 9000
SERVICES = ["billing", "checkout", "search", "ledger", "gateway", "mailer", "stock"]
VERBS = ["accepted", "queued", "retried", "forwarded", "dropped", "merged", "priced"]

INCIDENT = re.compile(
    r"^(?P<when>\S+ \S+) FATAL \[(?P<service>\w+)\] (?P<message>[^\n]*)\n"
    r"(?P<stack>(?:    at [^\n]+\n)+)", re.M)


def write_logs():
    rng = random.Random(11)
    for number in range(FILES):
        path = os.path.join(DIR, "tt-service-%03d.log" % number)
        if os.path.exists(path):
            continue
        with open(path + ".part", "w") as out:
            for i in range(LINES):
                stamp = "2024-03-%02d %02d:%02d:%02d" % (1 + number % 28, i // 400, i % 60, rng.randrange(60))
                if i % 3000 == 1500:
                    out.write("%s FATAL [%s] order %d: limit %.3f exceeded\n"
                              % (stamp, rng.choice(SERVICES), rng.randrange(10 ** 7), rng.random() * 100))
                    for depth in range(rng.randrange(3, 8)):
                        out.write("    at core.module%d.step%d(line %d)\n"
                                  % (depth, rng.randrange(50), rng.randrange(900)))
                else:
                    out.write("%s INFO [%s] request %08x %s in %.3f ms by node-%d user=%d bytes=%d\n"
                              % (stamp, rng.choice(SERVICES), rng.getrandbits(32), rng.choice(VERBS),
                                 rng.random() * 90, rng.randrange(24), rng.randrange(10 ** 6), rng.randrange(10 ** 5)))
        os.rename(path + ".part", path)


def prepare():
    os.makedirs(DIR, exist_ok=True)
    pid = os.fork()
    if pid == 0:
        write_logs()
        os._exit(0)
    os.waitpid(pid, 0)


class LazyIncident:
    """Gives its fields on demand."""

    def __init__(self, found):
        self._fields = found

    def field(self, name):
        return self._fields[name]


def incident_bad(found):
    return LazyIncident(found)


def incident_good(found):
    return LazyIncident(found.groupdict())


class Board:
    """What the on-call page shows."""

    def __init__(self, make):
        self.make = make
        self.incidents = []
        self.traffic = Counter()

    def feed(self, text):
        for found in INCIDENT.finditer(text):
            self.incidents.append(self.make(found))
        self.traffic["lines"] += text.count("\n")
        for service in SERVICES:
            self.traffic[service] += text.count("[%s]" % service)

    def worst(self):
        per_service = Counter(i.field("service") for i in self.incidents)
        return per_service.most_common(3)

    def deepest(self):
        return max(i.field("stack").count("\n") for i in self.incidents)


def read_whole(path):
    with open(path) as handle:
        return handle.read()


def main(arm):
    prepare()
    board = Board(incident_bad if arm == "bad" else incident_good)
    for number in range(FILES):
        board.feed(read_whole(os.path.join(DIR, "tt-service-%03d.log" % number)))
    print("lines", board.traffic["lines"], "incidents", len(board.incidents),
          "worst", board.worst(), "deepest", board.deepest())
    return board


if __name__ == "__main__":
    STATE = main(sys.argv[1])
