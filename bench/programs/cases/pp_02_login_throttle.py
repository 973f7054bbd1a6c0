import random
from collections import defaultdict
from ipaddress import IPv4Address

from harness import case, run

WINDOW = 60.0
LIMIT = 5


class LoginThrottle:
    def __init__(self):
        self._attempts = defaultdict(list)

    def allow(self, address, now):
        recent = [at for at in self._attempts[address] if at > now - WINDOW]
        allowed = len(recent) < LIMIT
        if allowed:
            recent.append(now)
        self._attempts[address] = recent
        return allowed


class SweepingLoginThrottle(LoginThrottle):
    def __init__(self):
        super().__init__()
        self._next_sweep = WINDOW

    def allow(self, address, now):
        if now >= self._next_sweep:
            self._next_sweep = now + WINDOW
            quiet = [a for a, times in self._attempts.items() if times[-1] <= now - WINDOW]
            for stale in quiet:
                del self._attempts[stale]
        return super().allow(address, now)


def visitors(count):
    rng = random.Random(37)
    now = 0.0
    for _ in range(count):
        now += rng.expovariate(20.0)
        if rng.random() < 0.1:
            yield f"10.0.0.{rng.randrange(16)}", now
        else:
            yield str(IPv4Address(rng.getrandbits(32))), now


def replay(throttle):
    allowed = refused = 0
    for address, now in visitors(280_000):
        if throttle.allow(address, now):
            allowed += 1
        else:
            refused += 1
    print(f"allowed {allowed} refused {refused}")
    return throttle


@case("pp 02 login throttle")
class _:
    def bad():
        return replay(LoginThrottle())

    def good():
        return replay(SweepingLoginThrottle())


if __name__ == "__main__":
    kept = run()
