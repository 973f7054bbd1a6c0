import heapq

from harness import case, run


class LeaseTable:
    """Leases of build workers; a worker that stops renewing loses its lease."""

    def __init__(self, ttl):
        self.ttl = ttl
        self.tokens = {}
        self._by_expiry = []

    def renew(self, worker, now):
        token = f"lease:{worker}:{now:012.3f}"
        self.tokens[worker] = token
        heapq.heappush(self._by_expiry, (now + self.ttl, token, worker))
        return token

    def holds(self, worker, token):
        return self.tokens.get(worker) == token

    def drop_expired(self, now):
        dropped = []
        while self._by_expiry and self._by_expiry[0][0] <= now:
            _, token, worker = heapq.heappop(self._by_expiry)
            if self.tokens.get(worker) == token:
                del self.tokens[worker]
                dropped.append(worker)
        return dropped


class CompactLeaseTable(LeaseTable):
    def renew(self, worker, now):
        if len(self._by_expiry) > 2 * len(self.tokens) + 64:
            self._by_expiry = [
                entry for entry in self._by_expiry if self.tokens.get(entry[2]) == entry[1]
            ]
            heapq.heapify(self._by_expiry)
        return super().renew(worker, now)


def run_farm(table):
    workers = [f"builder-{n:03d}" for n in range(250)]
    held = {}
    now = 0.0
    renewed = lost = 0
    for beat in range(3400):
        for number, worker in enumerate(workers):
            if beat < 200 or number % 50:
                renewed += table.holds(worker, held.get(worker))
                held[worker] = table.renew(worker, now + number / 1000)
        now += 1.0
        lost += len(table.drop_expired(now))
    print("workers", len(table.tokens), "renewed", renewed, "lost", lost, "at", now)
    return table


@case("oo 01 worker leases")
class _:
    def bad():
        return run_farm(LeaseTable(ttl=3000))

    def good():
        return run_farm(CompactLeaseTable(ttl=3000))


if __name__ == "__main__":
    kept = run()
