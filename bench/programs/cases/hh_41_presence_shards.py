"""Who is online: sharded by user id; a burst of visitors in the evening, few are left at night."""
import heapq
import random

from harness import CASES, D, case, fixture, run


class Shard:
    """user id -> expiry minute."""

    def __init__(self):
        self.expiry = {}

    def touch(self, user, minute):
        self.expiry[user] = minute

    def sweep(self, minute):
        gone = [user for user, until in self.expiry.items() if until <= minute]
        for user in gone:
            del self.expiry[user]
        return len(gone)


class TidyShard(Shard):
    def __init__(self):
        super().__init__()
        self._high = 0

    def sweep(self, minute):
        self._high = max(self._high, len(self.expiry))
        gone = super().sweep(minute)
        if len(self.expiry) * 8 < self._high:
            self.expiry = dict(self.expiry.items())
            self._high = len(self.expiry)
        return gone


class Presence:
    def __init__(self, shard_class, shards=64):
        self.shards = [shard_class() for _ in range(shards)]
        self.expired = 0

    def seen(self, user, minute, ttl=30):
        self.shards[user % len(self.shards)].touch(user, minute + ttl)

    def sweep(self, minute):
        self.expired += sum(shard.sweep(minute) for shard in self.shards)

    def online(self):
        return sum(len(shard.expiry) for shard in self.shards)

    def busiest(self):
        return heapq.nlargest(3, (len(shard.expiry) for shard in self.shards))


class Traffic:
    """Visitors per minute over an evening."""

    def __init__(self, seed=41):
        self.rng = random.Random(seed)

    def minute(self, minute):
        crowd = 50_000 if 60 <= minute < 80 else 40
        for _ in range(crowd):
            yield self.rng.randrange(10 ** 9)


def evening(shard_class, minutes=150):
    presence = Presence(shard_class)
    traffic = Traffic()
    peak = 0
    for minute in range(minutes):
        for user in traffic.minute(minute):
            presence.seen(user, minute)
        if minute % 5 == 0:
            peak = max(peak, presence.online())
            presence.sweep(minute)
    return presence, peak, presence.busiest()


@case('41 presence tables after the rush')
class _:
    def bad():
        return evening(Shard)

    def good():
        return evening(TidyShard)


if __name__ == "__main__":
    kept = run()
