"""Chat service: sessions, uploads and presence beacons on one asyncio loop in a service thread."""
import asyncio
import contextvars
import hashlib
import random
import sys
import threading

current = contextvars.ContextVar("current", default=None)
ROOMS = ["lobby", "design", "backend", "ops", "random", "support"]


class Request:
    """One decoded frame of a client."""
    __slots__ = ("user", "room", "body", "trace")

    def __init__(self, user, room, body, trace):
        self.user = user
        self.room = room
        self.body = body
        self.trace = trace


def trace_id():
    request = current.get()
    return request.trace if request else "-"


class Room:
    def __init__(self, name):
        self.name = name
        self.members = set()
        self.log = []

    def post(self, user, digest, size):
        self.members.add(user)
        self.log.append((user, digest, size, trace_id()))


class Session:
    """Per user: counters, and a beacon that tells the others that the user is there."""

    def __init__(self, user):
        self.user = user
        self.messages = 0
        self.beats = 0
        self.beacon = None

    async def _beat(self):
        while True:
            self.beats += 1
            await asyncio.sleep(30)

    def start_bad(self):
        self.beacon = asyncio.get_running_loop().create_task(self._beat())

    def start_good(self):
        self.beacon = asyncio.get_running_loop().create_task(
            self._beat(), context=contextvars.Context())


class ChatServer:
    def __init__(self, arm):
        self.arm = arm
        self.rooms = {name: Room(name) for name in ROOMS}
        self.sessions = {}

    def _session(self, user):
        session = self.sessions.get(user)
        if session is None:
            session = self.sessions[user] = Session(user)
            if self.arm == "bad":
                session.start_bad()
            else:
                session.start_good()
        return session

    async def handle(self, request):
        current.set(request)
        session = self._session(request.user)
        session.messages += 1
        digest = await self._store(request)
        self.rooms[request.room].post(request.user, digest, len(request.body))
        return digest

    async def _store(self, request):
        await asyncio.sleep(0)
        return hashlib.sha1(request.body).hexdigest()[:12]


class Service:
    """Runs the loop in a daemon thread, as the web front does."""

    def __init__(self, arm):
        self.server = ChatServer(arm)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def call(self, request):
        return asyncio.run_coroutine_threadsafe(self.server.handle(request), self.loop).result()


def traffic(seed, users, count):
    rng = random.Random(seed)
    names = ["user%04d" % i for i in range(users)]
    for number in range(count):
        user = names[number] if number < users else rng.choice(names)
        size = rng.randrange(250_000, 550_000) if number < users else rng.randrange(2_000, 40_000)
        yield Request(user, rng.choice(ROOMS), rng.randbytes(size), "%08x" % rng.getrandbits(32))


def main(arm):
    service = Service(arm)
    check = hashlib.sha1()
    for request in traffic(5, 220, 1500):
        check.update(service.call(request).encode())
    server = service.server
    print("sessions", len(server.sessions), "posts", sum(len(r.log) for r in server.rooms.values()),
          "bytes", sum(e[2] for r in server.rooms.values() for e in r.log), check.hexdigest()[:10])
    return service


if __name__ == "__main__":
    STATE = main(sys.argv[1])
