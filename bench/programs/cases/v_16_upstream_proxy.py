"""A proxy in front of several upstreams, with retries and a circuit breaker per upstream."""
import json
import random
import sys
from collections import Counter, deque

ARM = sys.argv[1]
UPSTREAMS = ("orders", "prices", "stock", "users", "media", "search", "tax", "geo")
CALLS = 2600


class FormatError(ValueError):
    pass


class UpstreamError(RuntimeError):
    pass


class Upstream:
    """Stands for a remote service: its replies are now and then cut off."""

    def __init__(self, name, seed):
        self.name = name
        self.random = random.Random("%s-%d" % (name, seed))
        self.broken = self.random.uniform(0.1, 0.3)

    def fetch(self, path):
        rnd = self.random
        items = [{"id": rnd.getrandbits(40), "sku": "%s-%x" % (self.name, rnd.getrandbits(48)),
                  "net": round(rnd.lognormvariate(3, 1), 2)} for _ in range(rnd.randint(300, 900))]
        body = json.dumps({"path": path, "items": items}).encode()
        return body[:-rnd.randint(2, 40)] if rnd.random() < self.broken else body


class Failure:
    __slots__ = ("at", "text")

    def __init__(self, at, error):
        self.at = at
        self.text = "%s: %s" % (type(error).__name__, error)

    def describe(self):
        return self.text


class Breaker:
    """Opens for a while when too many of the last calls failed."""

    def __init__(self):
        self.failures = deque(maxlen=150)
        self.opened = 0

    def note_bad(self, now, error):
        # without its traceback an error is only a few bytes
        self.failures.append((now, error.with_traceback(None)))

    def note_good(self, now, error):
        self.failures.append((now, Failure(now, error)))

    note = note_bad if ARM == "bad" else note_good

    def allows(self, now):
        recent = sum(now - at <= 20 for at, _ in self.failures)
        if recent > 4:
            self.opened += 1
            return False
        return True

    def texts(self):
        for _, error in self.failures:
            yield error.describe() if isinstance(error, Failure) else "%s: %s" % (type(error).__name__, error)


def parse(body):
    if not body.endswith(b"]}"):
        raise FormatError("truncated after %d kB" % (len(body) >> 10))
    return json.loads(body)


def call(upstream, path):
    body = upstream.fetch(path)
    try:
        return parse(body)
    except FormatError as problem:
        raise UpstreamError("%s: %s" % (upstream.name, problem)) from None


class Proxy:
    RETRIES = 2

    def __init__(self, seed):
        self.upstreams = {name: Upstream(name, seed) for name in UPSTREAMS}
        self.breakers = {name: Breaker() for name in UPSTREAMS}
        self.stats = Counter()

    def _attempts(self, name, path, now):
        breaker = self.breakers[name]
        for _ in range(1 + self.RETRIES):
            if not breaker.allows(now):
                self.stats["refused"] += 1
                return None
            try:
                return call(self.upstreams[name], path)
            except UpstreamError as error:
                self.stats["failed"] += 1
                breaker.note(now, error)
        return None

    def handle(self, name, path, now):
        reply = self._attempts(name, path, now)
        self.stats["answered" if reply else "gave up"] += 1
        return len(reply["items"]) if reply else 0


PROXY = Proxy(7)
traffic = random.Random(70)
items = 0
for now in range(CALLS):
    target = traffic.choice(UPSTREAMS)
    items += PROXY.handle(target, "/%s/%d" % (target, traffic.randrange(9999)), now)
kept = sum(len(text) for breaker in PROXY.breakers.values() for text in breaker.texts())
print("items", items, sorted(PROXY.stats.items()), "log bytes", kept)
