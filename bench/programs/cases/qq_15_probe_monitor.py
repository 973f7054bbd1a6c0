import random
import struct
import zlib
from typing import NamedTuple

from harness import case, run

HEADER = struct.Struct(">IHHQ16s")
BLOCK = 160 * 1024


class Sighting(NamedTuple):
    block: int
    port: int
    digest: bytes


class Probe:
    """Reads blocks off a capture card and remembers the headers worth a second look."""

    def __init__(self, blocks, seed=15):
        self.blocks = blocks
        self.rng = random.Random(seed)

    def read(self):
        for _ in range(self.blocks):
            yield self.rng.randbytes(BLOCK)

    @staticmethod
    def packets(block):
        view = memoryview(block)
        start = 0
        while start + HEADER.size <= len(view):
            header = view[start:start + HEADER.size]
            yield header
            start += HEADER.size + 1_200

    @staticmethod
    def digest(header):
        return header[16:]

    def watch(self, ports):
        for number, block in enumerate(self.read()):
            for header in self.packets(block):
                _, port, _, _, _ = HEADER.unpack(header)
                if port in ports:
                    yield Sighting(number, port, self.digest(header))


class DetachedProbe(Probe):
    @staticmethod
    def digest(header):
        return header[16:].tobytes()


def observe(probe):
    ports = frozenset(range(0, 65_536, 64))
    sightings = tuple(probe.watch(ports))
    checksum = 0
    for sighting in sightings:
        checksum = zlib.crc32(sighting.digest, checksum)
    print(len(sightings), "sightings, checksum", checksum)
    return sightings


@case("qq 15 probe monitor")
class _:
    def bad():
        return observe(Probe(600))

    def good():
        return observe(DetachedProbe(600))


if __name__ == "__main__":
    kept = run()
