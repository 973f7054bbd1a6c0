"""API gateway with a sliding window rate limiter per client address."""
import random
import sys
from collections import defaultdict, deque

WINDOW = 60.0
LIMIT = 40
ROUTES = ("/v1/items", "/v1/search", "/v1/cart", "/v1/orders", "/health")
PROBES = ("/wp-login.php", "/.env", "/admin", "/.git/config", "/phpmyadmin")


class Request:
    __slots__ = ("client", "path", "when")

    def __init__(self, client, path, when):
        self.client = client
        self.path = path
        self.when = when


class Traffic:
    """A population of regular clients plus scanners from anywhere."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.regular = [self.address() for _ in range(900)]

    def address(self):
        return ".".join(str(self.rng.randrange(1, 255)) for _ in range(4))

    def stream(self, count):
        now = 0.0
        for _ in range(count):
            now += self.rng.expovariate(120.0)
            if self.rng.random() < 0.45:
                yield Request(self.address(), self.rng.choice(PROBES), now)
            else:
                k = min(int(self.rng.paretovariate(0.9)), len(self.regular)) - 1
                yield Request(self.regular[k], self.rng.choice(ROUTES), now)


class SlidingWindow:
    def __init__(self):
        self.hits = defaultdict(deque)
        self.expiry = deque()

    def allow(self, client, now):
        self.expire(now)
        hits = self.hits[client]
        if len(hits) >= LIMIT:
            return False
        hits.append(now)
        self.expiry.append((now + WINDOW, client))
        return True

    def expire(self, now):
        while self.expiry and self.expiry[0][0] <= now:
            _, client = self.expiry.popleft()
            hits = self.hits[client]
            hits.popleft()
            if not hits:
                del self.hits[client]

    def remaining_bad(self, client):
        return LIMIT - len(self.hits[client])

    def remaining_good(self, client):
        return LIMIT - len(self.hits.get(client, ()))


class Response:
    def __init__(self, status, headers):
        self.status = status
        self.headers = headers


class Gateway:
    def __init__(self, arm):
        self.window = SlidingWindow()
        self.remaining = getattr(self.window, "remaining_" + arm)
        self.statuses = defaultdict(int)

    def headers(self, request):
        left = self.remaining(request.client)
        return {"X-RateLimit-Limit": str(LIMIT), "X-RateLimit-Remaining": str(left)}

    def route(self, request):
        if request.path not in ROUTES:
            return 404
        if request.path == "/health":
            return 200
        return 200 if self.window.allow(request.client, request.when) else 429

    def handle(self, request):
        status = self.route(request)
        self.statuses[status] += 1
        return Response(status, self.headers(request))


def main(arm):
    gateway = Gateway(arm)
    left = 0
    for request in Traffic(21).stream(330_000):
        response = gateway.handle(request)
        left += int(response.headers["X-RateLimit-Remaining"])
    print(f"statuses={dict(sorted(gateway.statuses.items()))} remaining={left}")
    return gateway


if __name__ == "__main__":
    GATEWAY = main(sys.argv[1])
