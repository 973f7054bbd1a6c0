import collections
import itertools
import random
import time

from harness import case, run


class Router:
    def __init__(self, timings):
        self.timings = timings
        self.handled = 0

    def dispatch(self, path, clock):
        started = next(clock)
        self.handled += len(path)
        self.timings.append((path, started, next(clock) - started))

    def percentile(self, share):
        recent = sorted(t[2] for t in itertools.islice(reversed(self.timings), 1000))
        return recent[int(len(recent) * share)]


def ticks():
    rng = random.Random(11)
    now = 0.0
    while True:
        now += rng.random()
        yield now


def serve(router):
    clock = ticks()
    paths = ["/", "/login", "/cart", "/search", "/product"]
    for number in range(600_000):
        router.dispatch(paths[number % 5], clock)
    time.sleep(0.2)
    print("handled", router.handled, "p95 %.4f" % router.percentile(0.95))
    return router


@case("nn 03 request timings")
class _:
    def bad():
        return serve(Router([]))

    def good():
        return serve(Router(collections.deque(maxlen=1024)))


if __name__ == "__main__":
    kept = run()
