"""Access log report: for each route of a web service the number of requests, mean, slowest and share of slow ones."""
import io
from itertools import islice

from harness import case, run

ROUTES = ["/", "/login", "/cart", "/search", "/article/{id}", "/invoice/{id}", "/help", "/status"]
SLOW = 250_000


def log_text(start, count):
    """A block of the log file."""
    out = io.StringIO()
    for i in range(start, start + count):
        route = ROUTES[(i * 5 + i // 7) % 8].replace("{id}", str(i * 13 % 9973))
        micros = 900 + (i * 104_729 + i // 3 * 31) % 290_000 + (i % 8) * 1_500
        out.write(f"10.0.{i % 250}.{i % 199} GET {route} {200 if i % 53 else 500} {micros}\n")
    return out.getvalue()


def log_lines(total, block=5000):
    for start in range(0, total, block):
        yield from io.StringIO(log_text(start, block))


def route_of(path):
    head, _, tail = path.rpartition("/")
    return f"{head}/{{id}}" if tail.isdigit() else path


class Timings:
    """Durations of the requests of one route."""

    def __init__(self):
        self.values = []

    def add(self, micros):
        self.values.append(micros)

    def summary(self):
        count = len(self.values)
        return count, sum(self.values) // count, max(self.values), sum(v > SLOW for v in self.values)


class RunningTimings(Timings):
    def __init__(self):
        self.count = self.total = self.largest = self.slow = 0

    def add(self, micros):
        self.count += 1
        self.total += micros
        self.largest = max(self.largest, micros)
        self.slow += micros > SLOW

    def summary(self):
        return self.count, self.total // self.count, self.largest, self.slow


class Report:
    def __init__(self, timings):
        self.timings = timings
        self.routes = {}
        self.failed = 0

    def take(self, line):
        _, _, path, status, micros = line.split()
        route = route_of(path)
        entry = self.routes.get(route)
        if entry is None:
            entry = self.routes[route] = self.timings()
        entry.add(int(micros))
        self.failed += status >= "500"

    def rows(self):
        for route, entry in sorted(self.routes.items()):
            count, mean, largest, slow = entry.summary()
            yield f"{route:14} {count:8d} {mean:8d} {largest:8d} {slow / count:7.4f}"


def nightly(timings, lines=1_000_000):
    report = Report(timings)
    for line in islice(log_lines(lines), lines):
        report.take(line)
    print("\n".join(report.rows()))
    print("failed", report.failed)


@case("af 12 latency report")
class _:
    def bad():
        return nightly(Timings)

    def good():
        return nightly(RunningTimings)


if __name__ == "__main__":
    kept = run()
