import random
import struct

from harness import case, run

PREFIX = struct.Struct(">HI")


class Frames:
    """Cuts a stream of bytes into the frames that the exchange packed in it."""

    def __init__(self):
        self.received = bytearray()
        self.start = 0

    def feed(self, data):
        self.received += data
        while True:
            frame = self.next_frame()
            if frame is None:
                return
            yield frame

    def next_frame(self):
        body = self.start + PREFIX.size
        if len(self.received) < body:
            return None
        size, kind = PREFIX.unpack_from(self.received, self.start)
        if len(self.received) < body + size:
            return None
        self.start = body + size
        return kind, bytes(self.received[body:body + size])


class TrimmedFrames(Frames):
    def feed(self, data):
        yield from super().feed(data)
        del self.received[:self.start]
        self.start = 0


class Ticker:
    """Counts the quotes of the day and keeps the last body of each kind."""

    def __init__(self, frames):
        self.frames = frames
        self.quotes = 0
        self.last = {}

    def on_data(self, data):
        for kind, body in self.frames.feed(data):
            self.quotes += 1
            self.last[kind] = body


def wire(messages, piece=4_096):
    rng = random.Random(404)
    pending = b""
    for number in range(messages):
        body = rng.randbytes(rng.randrange(200, 900))
        pending += PREFIX.pack(len(body), number % 5) + body
        while len(pending) >= piece:
            yield pending[:piece]
            pending = pending[piece:]
    yield pending


def session(frames):
    ticker = Ticker(frames)
    for data in wire(110_000):
        ticker.on_data(data)
    print("quotes", ticker.quotes, "last", sum(map(sum, ticker.last.values())))
    return ticker


@case("rr 04 ticker link")
class _:
    def bad():
        return session(Frames())

    def good():
        return session(TrimmedFrames())


if __name__ == "__main__":
    kept = run()
