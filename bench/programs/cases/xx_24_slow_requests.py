"""Lists the slowest requests of an access log, with what was asked for."""
import heapq
import random
from operator import attrgetter

from harness import case, fixture, run

PATHS = "/cart /cart/add /search /login /export /report /images /api/v2/items".split()


def build_log(path):
    rng = random.Random(24)
    with open(path, "w") as out:
        for n in range(330_000):
            out.write(f"{n:07d} {rng.choice(('GET', 'POST'))} {rng.choice(PATHS)}?q={rng.randrange(10**6)} "
                      f"{rng.choice((200, 200, 200, 304, 404))} {rng.expovariate(4):.6f}\n")


class Hit:
    __slots__ = ("number", "url", "status", "seconds")

    def __init__(self, number, url, status, seconds):
        self.number = number
        self.url = url
        self.status = status
        self.seconds = seconds


class AccessLog:
    def __init__(self, path):
        self.path = path

    def __iter__(self):
        with open(self.path) as lines:
            for line in lines:
                number, _, url, status, seconds = line.split()
                yield Hit(int(number), url, int(status), float(seconds))


def ranked(hits, count):
    return sorted(hits, key=attrgetter("seconds"), reverse=True)[:count]


def selected(hits, count):
    return heapq.nlargest(count, hits, key=attrgetter("seconds"))


class SlowReport:
    def __init__(self, choose, count=25):
        self.choose = choose
        self.count = count

    def build(self, log):
        served = (hit for hit in log if hit.status != 304)
        return self.choose(served, self.count)


def report(choose):
    worst = SlowReport(choose).build(AccessLog(fixture("xx_24_access.log", build_log)))
    print(f"slowest {worst[0].url} {worst[0].seconds}, last of {len(worst)} {worst[-1].number} {worst[-1].seconds}")
    return worst


@case("xx 24 slow requests")
class _:
    def setup():
        fixture("xx_24_access.log", build_log)

    def bad():
        return report(ranked)

    def good():
        return report(selected)


if __name__ == "__main__":
    kept = run()
