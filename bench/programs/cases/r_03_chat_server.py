"""Chat server core: rooms, sessions with scroll-back, heartbeats; driven by simulated clients."""
import asyncio
import random
import sys
import zlib

WORDS = ("hello the build is red again who broke it lunch at noon ship release merge branch review "
         "thanks customer ticket urgent deploy rollback metrics latency dashboard query index").split()


class Session:
    def __init__(self, name, room):
        self.name = name
        self.room = room
        self.scrollback = []
        self.alive_at = 0.0
        self.heartbeat = None

    def remember(self, message):
        self.scrollback.append(message)

    def beat(self):
        self.alive_at = asyncio.get_running_loop().time()


class Heartbeats:
    """Marks every connected session as alive at regular intervals."""

    def __init__(self, interval=20.0):
        self.interval = interval

    async def pulse(self, session):
        while True:
            session.beat()
            await asyncio.sleep(self.interval)

    def start(self, session):
        session.heartbeat = asyncio.get_running_loop().create_task(self.pulse(session))

    def stop(self, session):
        session.heartbeat.cancel()
        session.heartbeat = None


class Room:
    def __init__(self, name):
        self.name = name
        self.members = {}
        self.posted = 0
        self.checksum = 0

    def broadcast(self, author, text, stamp):
        self.posted += 1
        self.checksum = zlib.crc32(text.encode(), self.checksum)
        message = {"author": author, "text": text, "stamp": stamp}
        for member in self.members.values():
            member.remember(message)


class Hub:
    def __init__(self, mode):
        self.rooms = {}
        self.heartbeats = Heartbeats()
        self.served = 0
        self.disconnect = self.disconnect_bad if mode == "bad" else self.disconnect_good

    def connect(self, name, room_name):
        room = self.rooms.setdefault(room_name, Room(room_name))
        session = Session(name, room)
        room.members[name] = session
        self.heartbeats.start(session)
        return session

    def disconnect_bad(self, session):
        session.room.members.pop(session.name, None)
        self.served += 1

    def disconnect_good(self, session):
        session.room.members.pop(session.name, None)
        self.heartbeats.stop(session)
        self.served += 1


class Handler:
    """One simulated connection: joins, talks for a while and leaves."""

    def __init__(self, hub, seed):
        self.hub = hub
        self.rng = random.Random(seed)

    def compose(self):
        return " ".join(self.rng.choices(WORDS, k=self.rng.randint(8, 40)))

    async def serve(self, name, room_name, messages):
        session = self.hub.connect(name, room_name)
        try:
            for _ in range(messages):
                await asyncio.sleep(0)
                session.room.broadcast(name, self.compose(), self.rng.random())
        finally:
            self.hub.disconnect(session)


async def day(hub):
    rng = random.Random(303)
    for wave in range(150):
        talks = []
        for slot in range(12):
            name = "user%05d" % (wave * 12 + slot)
            room = "room-%d-%d" % (wave, slot % 3)
            talks.append(Handler(hub, rng.random()).serve(name, room, rng.randint(60, 160)))
        await asyncio.gather(*talks)
    await asyncio.sleep(0)


LOOP = asyncio.new_event_loop()
HUB = None


def main(mode):
    global HUB
    HUB = Hub(mode)
    LOOP.run_until_complete(day(HUB))
    posted = sum(r.posted for r in HUB.rooms.values())
    mixed = sum(r.checksum for r in HUB.rooms.values()) % 10 ** 9
    print("served %d sessions, %d messages, %d" % (HUB.served, posted, mixed))


if __name__ == "__main__":
    main(sys.argv[1])
