"""Who is in the chat: a session for everyone, though few of them talk."""
import asyncio
import random
from dataclasses import dataclass, field
from typing import Optional

from harness import CASES, D, case, fixture, run


@dataclass(slots=True)
class RoomySession:
    user: int
    outbox: asyncio.Queue = field(default_factory=asyncio.Queue)
    rooms: set = field(default_factory=set)
    typing: dict = field(default_factory=dict)

    def join(self, room):
        self.rooms.add(room)

    def push(self, text):
        self.outbox.put_nowait(text)

    async def drain(self):
        sent = 0
        while not self.outbox.empty():
            sent += len(await self.outbox.get())
        return sent


@dataclass(slots=True)
class ThriftySession:
    user: int
    outbox: Optional[asyncio.Queue] = None
    rooms: Optional[set] = None
    typing: Optional[dict] = None

    def join(self, room):
        if self.rooms is None:
            self.rooms = set()
        self.rooms.add(room)

    def push(self, text):
        if self.outbox is None:
            self.outbox = asyncio.Queue()
        self.outbox.put_nowait(text)

    async def drain(self):
        sent = 0
        while self.outbox is not None and not self.outbox.empty():
            sent += len(await self.outbox.get())
        return sent


class Presence:
    def __init__(self, session_class):
        self.session_class = session_class
        self.sessions = {}

    def log_in(self, user):
        self.sessions[user] = self.session_class(user)

    def say(self, user, room, text):
        session = self.sessions[user]
        session.join(room)
        session.push(text)

    async def flush(self):
        return sum([await session.drain() for session in self.sessions.values()])


async def evening(session_class, users=22_000):
    rng = random.Random(69)
    presence = Presence(session_class)
    for user in range(users):
        presence.log_in(1_000_000 + user)
    for n in range(1500):
        user = 1_000_000 + rng.randrange(users // 30)
        presence.say(user, rng.randrange(12), f"message {n} to all who listen")
    return presence, await presence.flush()


@case('69 a queue for every session')
class _:
    def bad():
        return asyncio.run(evening(RoomySession))

    def good():
        return asyncio.run(evening(ThriftySession))


if __name__ == "__main__":
    kept = run()
