import hashlib
import time

from harness import case, run


class Clock:
    def __init__(self):
        self.now = 0

    def __call__(self):
        return self.now


class SessionStore:
    def __init__(self, ttl, clock):
        self.ttl = ttl
        self.clock = clock
        self._sessions = {}

    def create(self, user):
        token = hashlib.sha256(user.encode()).hexdigest()
        self._sessions[token] = {
            "user": user,
            "expires": self.clock() + self.ttl,
            "csrf": token[::-1],
            "flash": [],
            "cart": {"items": [], "coupon": None},
        }
        return token

    def get(self, token):
        session = self._sessions.get(token)
        if session is None:
            return None
        if session["expires"] < self.clock():
            del self._sessions[token]
            return None
        return session


class PrunedSessionStore(SessionStore):
    def create(self, user):
        self.prune()
        return super().create(user)

    def prune(self):
        now = self.clock()
        while self._sessions:
            oldest = next(iter(self._sessions))
            if self._sessions[oldest]["expires"] >= now:
                break
            del self._sessions[oldest]


def serve(store, clock):
    hits = 0
    for request in range(90_000):
        clock.now += 1
        token = store.create("visitor-%d" % request)
        if store.get(token) is not None:
            hits += 1
    time.sleep(0.2)
    print("hits", hits)
    return store


@case("mm 04 session store")
class _:
    def bad():
        clock = Clock()
        return serve(SessionStore(1000, clock), clock)

    def good():
        clock = Clock()
        return serve(PrunedSessionStore(1000, clock), clock)


if __name__ == "__main__":
    kept = run()
