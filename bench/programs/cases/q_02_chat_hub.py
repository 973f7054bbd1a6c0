"""Chat hub on asyncio: sessions come and go, rooms broadcast, one writer task per session."""
import asyncio
import json
import random
import sys

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
WORDS = ("deploy rollback ticket lunch server please merge branch review graph metric alert "
         "weekend invoice customer cluster node latency ship test agree later thanks").split()


class Transport:
    """Stands for the socket of a client."""

    def __init__(self):
        self.sent = 0

    async def send(self, text):
        self.sent += len(text)
        if self.sent % 7 == 0:
            await asyncio.sleep(0)


class Session:
    def __init__(self, user, rooms):
        self.user = user
        self.rooms = rooms
        self.seq = 0
        self.outbox = asyncio.Queue()
        self.transport = Transport()
        self.writer = None

    def deliver(self, message):
        self.seq += 1
        self.outbox.put_nowait(json.dumps({"to": self.user, "seq": self.seq, **message}))

    async def pump(self):
        while True:
            text = await self.outbox.get()
            await self.transport.send(text)


class Room:
    def __init__(self, name):
        self.name = name
        self.members = {}
        self.posted = 0
        self.departed = 0

    def join(self, session):
        self.members[session.user] = session

    def leave(self, session):
        self.members.pop(session.user, None)

    def broadcast(self, author, text):
        self.posted += 1
        message = {"room": self.name, "from": author, "n": self.posted, "text": text}
        for session in list(self.members.values()):
            session.deliver(message)


class Hub:
    def __init__(self, names):
        self.rooms = {name: Room(name) for name in names}
        self.sessions = {}
        self.bytes_out = 0

    def connect(self, user, names):
        session = Session(user, [self.rooms[n] for n in names])
        for room in session.rooms:
            room.join(session)
        session.writer = asyncio.create_task(session.pump())
        self.sessions[user] = session

    def disconnect(self, user):
        session = self.sessions.pop(user)
        session.writer.cancel()
        self.bytes_out += session.transport.sent
        if ARM == "bad":
            self.farewell_bad(session)
        else:
            self.farewell_good(session)

    def farewell_bad(self, session):
        for room in session.rooms:
            room.departed += 1
        session.writer = None

    def farewell_good(self, session):
        for room in session.rooms:
            room.leave(session)
            room.departed += 1
        session.writer = None


async def drain(hub):
    while any(not s.outbox.empty() for s in hub.sessions.values()):
        await asyncio.sleep(0)


async def serve():
    rng = random.Random(5)
    names = [f"room-{i:02d}" for i in range(10)]
    hub = Hub(names)
    arrived = 0
    for tick in range(420):
        while len(hub.sessions) < 30:
            arrived += 1
            hub.connect(f"user{arrived:05d}", rng.sample(names, rng.randrange(1, 4)))
        for _ in range(12):
            text = " ".join(rng.choices(WORDS, k=rng.randrange(4, 40)))
            hub.rooms[rng.choice(names)].broadcast(rng.choice(list(hub.sessions)), text)
        await drain(hub)
        for user in rng.sample(list(hub.sessions), 1):
            hub.disconnect(user)
    posted = sum(r.posted for r in hub.rooms.values())
    print("users", arrived, "posted", posted, "bytes to those who left", hub.bytes_out)
    return hub


if __name__ == "__main__":
    hub = asyncio.run(serve())
