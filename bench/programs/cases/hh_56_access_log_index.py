"""An index over a web server's access log for the support desk."""
import random
import re
import sys
from collections import Counter
from typing import NamedTuple

from harness import CASES, D, case, fixture, run

LINE = re.compile(r'(?P<host>\S+) - - \[(?P<at>\d+)\] "(?P<method>\w+) (?P<path>\S+) [^"]*" '
                  r'(?P<status>\d+) (?P<size>\d+) "(?P<agent>[^"]*)"')


def build_log(path):
    rng = random.Random(56)
    agents = [f"Mozilla/5.0 (X11; Linux x86_64; rv:{v}.0) Gecko/20100101 Firefox/{v}.0 "
              f"OurApp/{v % 7}.{v % 11} (channel=stable; build={rng.getrandbits(48):x})"
              for v in range(90, 130)]
    paths = [f"/{rng.choice(['shop', 'blog', 'api/v2'])}/section-{rng.randrange(60)}/page-{n}" for n in range(700)]
    hosts = [f"10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(256)}" for _ in range(3000)]
    at = 1_700_000_000
    with open(path, "w") as f:
        for _ in range(80_000):
            at += rng.randrange(3)
            f.write(f'{rng.choice(hosts)} - - [{at}] "{rng.choice(["GET", "GET", "GET", "POST"])} '
                    f'{rng.choice(paths)} HTTP/1.1" {rng.choice([200, 200, 200, 304, 404])} '
                    f'{rng.randrange(200, 90_000)} "{rng.choice(agents)}"\n')


class Hit(NamedTuple):
    host: str
    at: int
    method: str
    path: str
    status: int
    size: int
    agent: str


class LogReader:
    def __init__(self, path):
        self.path = path

    def hit(self, match):
        host, at, method, path, status, size, agent = match.groups()
        return Hit(host, int(at), method, path, int(status), int(size), agent)

    def __iter__(self):
        with open(self.path) as lines:
            for line in lines:
                match = LINE.match(line)
                if match:
                    yield self.hit(match)


class InterningReader(LogReader):
    def __init__(self, path):
        super().__init__(path)
        self._status = {}

    def hit(self, match):
        host, at, method, path, status, size, agent = match.groups()
        code = self._status.get(status)
        if code is None:
            code = self._status[status] = int(status)
        intern = sys.intern
        return Hit(intern(host), int(at), intern(method), intern(path), code, int(size), intern(agent))


class AccessIndex:
    def __init__(self, reader):
        self.hits = list(reader)

    def of_host(self, host):
        return [hit for hit in self.hits if hit.host == host]

    def broken_pages(self):
        return Counter(hit.path for hit in self.hits if hit.status == 404).most_common(5)


def load(reader_class):
    index = AccessIndex(reader_class(fixture("g7_access.log", build_log)))
    return index, index.broken_pages(), len(index.of_host(index.hits[0].host))


@case('56 log fields repeated in every hit')
class _:
    def setup():
        fixture("g7_access.log", build_log)

    def bad():
        return load(LogReader)

    def good():
        return load(InterningReader)


if __name__ == "__main__":
    kept = run()
