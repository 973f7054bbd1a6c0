import random
import struct

from harness import CASES, D, case, fixture, run

HEADER = struct.Struct("<IH16s")          # length of the payload, kind, session key


def build(path):
    rng = random.Random(5)
    with open(path, "wb") as out:
        for _ in range(90):
            body = rng.randbytes(rng.randrange(700_000, 1_000_000))
            out.write(HEADER.pack(len(body), rng.randrange(4), rng.randbytes(16)))
            out.write(body)


class Message:
    __slots__ = ("kind", "data")

    def __init__(self, kind, data):
        self.kind = kind
        self.data = data

    @property
    def key(self):
        return self.data[:16]

    @property
    def trailer(self):
        return self.data[-32:]


def messages(path):
    """Reads one message after the other; the fields are looked at without copying."""
    with open(path, "rb") as capture:
        while head := capture.read(HEADER.size):
            length, kind, key = HEADER.unpack(head)
            yield Message(kind, memoryview(key + capture.read(length)))


class SessionIndex:
    def __init__(self):
        self.by_key = {}
        self.by_kind = [0, 0, 0, 0]

    def entry(self, message):
        raise NotImplementedError

    def add(self, message):
        key, trailer = self.entry(message)
        self.by_key[key] = trailer
        self.by_kind[message.kind] += len(message.data)

    @classmethod
    def of(cls, path):
        index = cls()
        for message in messages(path):
            index.add(message)
        return index


class SessionIndexViews(SessionIndex):
    def entry(self, message):
        return message.key, message.trailer


class SessionIndexBytes(SessionIndex):
    def entry(self, message):
        return bytes(message.key), bytes(message.trailer)


@case('44 index of memoryview slices')
class _:
    def setup():
        fixture("f6_capture.bin", build)

    def bad():
        return SessionIndexViews.of(fixture("f6_capture.bin", build))

    def good():
        return SessionIndexBytes.of(fixture("f6_capture.bin", build))


if __name__ == "__main__":
    kept = run()
