"""Resolver cache with TTL expiry and push invalidation from the authoritative side."""
import heapq
import itertools
import random
import sys

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"


class Answer:
    __slots__ = ("name", "records", "signature", "expires", "serial")

    def __init__(self, name, records, signature, expires, serial):
        self.name = name
        self.records = records
        self.signature = signature
        self.expires = expires
        self.serial = serial


class Upstream:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.queries = 0

    def resolve(self, name):
        self.queries += 1
        rng = self.rng
        records = [f"{rng.randint(1, 223)}.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"
                   for _ in range(rng.randint(2, 8))]
        ttl = rng.choice([14400, 43200, 86400])
        return records, rng.randbytes(rng.choice([256, 512, 1024])), ttl


class ExpiryQueue:
    """Orders cached answers by their expiry so that the sweeper need not scan the table."""

    def __init__(self):
        self.heap = []
        self.ticket = itertools.count()

    def push_bad(self, answer, table):
        heapq.heappush(self.heap, (answer.expires, next(self.ticket), answer))

    def push_good(self, answer, table):
        heapq.heappush(self.heap, (answer.expires, answer.serial, answer.name))
        if len(self.heap) > 64 + 2 * len(table):
            self.heap = [(a.expires, a.serial, a.name) for a in table.values()]
            heapq.heapify(self.heap)

    def due_bad(self, now):
        while self.heap and self.heap[0][0] <= now:
            answer = heapq.heappop(self.heap)[2]
            yield answer.name, answer.serial

    def due_good(self, now):
        while self.heap and self.heap[0][0] <= now:
            _, serial, name = heapq.heappop(self.heap)
            yield name, serial


class ResolverCache:
    def __init__(self, upstream):
        self.upstream = upstream
        self.table = {}
        self.queue = ExpiryQueue()
        self.push = self.queue.push_bad if ARM == "bad" else self.queue.push_good
        self.due = self.queue.due_bad if ARM == "bad" else self.queue.due_good
        self.serials = itertools.count(1)
        self.hits = self.misses = self.expired = self.invalidated = 0

    def lookup(self, name, now):
        answer = self.table.get(name)
        if answer is not None and answer.expires > now:
            self.hits += 1
            return answer
        self.misses += 1
        return self.store(name, now)

    def store(self, name, now):
        records, signature, ttl = self.upstream.resolve(name)
        answer = Answer(name, records, signature, now + ttl, next(self.serials))
        self.table[name] = answer
        self.push(answer, self.table)
        return answer

    def invalidate(self, name):
        if self.table.pop(name, None) is not None:
            self.invalidated += 1

    def sweep(self, now):
        for name, serial in self.due(now):
            current = self.table.get(name)
            if current is not None and current.serial == serial:
                del self.table[name]
                self.expired += 1


def make_names(rng, count):
    tlds = ["com", "net", "org", "io", "de", "dev"]
    return [f"{rng.choice(['www', 'api', 'cdn', 'mail'])}.h{rng.getrandbits(36):09x}.{rng.choice(tlds)}"
            for _ in range(count)]


def client_traffic(rng, names, steps):
    """Yields (clock, kind, name): popular names are asked often and moved often."""
    clock = 0.0
    top = len(names)
    for _ in range(steps):
        clock += rng.expovariate(12.0)
        name = names[min(top - 1, int(rng.paretovariate(0.4)) - 1)]
        yield clock, ("notify" if rng.random() < 0.33 else "query"), name


def main():
    rng = random.Random(2024)
    cache = ResolverCache(Upstream(77))
    checksum = 0
    for step, (now, kind, name) in enumerate(client_traffic(rng, make_names(rng, 4000), 450_000)):
        if kind == "notify":
            cache.invalidate(name)
        else:
            checksum = (checksum * 31 + len(cache.lookup(name, now).records)) & 0xFFFFFFFF
        if step % 2000 == 0:
            cache.sweep(now)
    print(f"hits={cache.hits} misses={cache.misses} expired={cache.expired} "
          f"invalidated={cache.invalidated} live={len(cache.table)} check={checksum:08x}")
    return cache


if __name__ == "__main__":
    SERVER = main()
