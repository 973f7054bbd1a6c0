"""News ticker: sessions come and go, each gets headlines over its own deflate stream."""
import asyncio
import random
import sys
import zlib
from collections import deque

TOPICS = ["markets", "sport", "weather", "politics", "culture", "science", "traffic"]
SESSIONS = 430
OPEN_AT_ONCE = 8


class Compressor:
    """permessage-deflate with context takeover, as a browser asks for it."""

    def __init__(self):
        self._deflate = zlib.compressobj(6, zlib.DEFLATED, -15)

    def frame(self, text):
        return self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)


class Session:
    def __init__(self, hub, number, topics):
        self.hub, self.number, self.topics = hub, number, topics
        self.compressor = Compressor()
        self.sent = 0
        self.frames = 0
        self.open = True
        self.hub.closing.add_done_callback(self._hub_closed)

    def _hub_closed(self, _future):
        self.open = False

    def push(self, text):
        self.sent += len(self.compressor.frame(text))
        self.frames += 1


class Headlines:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        syll = ["ber", "lin", "wa", "ter", "ga", "mi", "nis", "tra", "po", "lo", "sun", "ko", "re", "da"]
        self.words = ["".join(self.rng.choices(syll, k=self.rng.randint(1, 4))) for _ in range(3000)]

    def next(self):
        topic = self.rng.choice(TOPICS)
        return topic, f"{topic}: " + " ".join(self.rng.choices(self.words, k=self.rng.randint(8, 60)))


class Hub:
    def __init__(self, mode, loop):
        self.closing = loop.create_future()
        self.sessions = {}
        self.bytes_out = 0
        self.frames_out = 0
        self.recent = deque(maxlen=100)
        self._unhook = self._unhook_bad if mode == "bad" else self._unhook_good

    def join(self, number, topics):
        session = self.sessions[number] = Session(self, number, topics)
        for topic, text in self.recent:
            if topic in topics:
                session.push(text)

    def _unhook_bad(self, session):
        session.open = False

    def _unhook_good(self, session):
        session.open = False
        self.closing.remove_done_callback(session._hub_closed)

    def leave(self, number):
        session = self.sessions.pop(number)
        self._unhook(session)
        self.bytes_out += session.sent
        self.frames_out += session.frames

    def publish(self, topic, text):
        self.recent.append((topic, text))
        for session in self.sessions.values():
            if topic in session.topics:
                session.push(text)


async def reader(hub, number, topics, queue):
    """One client: joins, stays a while, goes."""
    hub.join(number, topics)
    await queue.get()
    hub.leave(number)


async def serve(hub):
    rng = random.Random(55)
    feed = Headlines(56)
    clients = deque()
    for number in range(SESSIONS):
        queue = asyncio.Queue(maxsize=1)
        topics = frozenset(rng.sample(TOPICS, rng.randint(2, 5)))
        clients.append((queue, asyncio.create_task(reader(hub, number, topics, queue))))
        await asyncio.sleep(0)
        for _ in range(rng.randint(3, 9)):
            hub.publish(*feed.next())
        if len(clients) > OPEN_AT_ONCE:
            queue, task = clients.popleft()
            queue.put_nowait("bye")
            await task
    still = len(clients)
    for queue, task in clients:  # the evening: the last readers go too
        queue.put_nowait("bye")
        await task
    return still


def main(mode):
    loop = asyncio.new_event_loop()
    hub = Hub(mode, loop)
    still = loop.run_until_complete(serve(hub))
    print("frames", hub.frames_out, "bytes", hub.bytes_out, "open in the evening", still)
    return loop, hub


if __name__ == "__main__":
    STATE = main(sys.argv[1] if len(sys.argv) > 1 else "bad")
