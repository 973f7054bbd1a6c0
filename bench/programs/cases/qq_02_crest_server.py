import random
import zlib

from cachetools import LRUCache, cachedmethod

from harness import case, run

CACHE_BYTES = 12 * 1024 * 1024


def paint(name, width, height):
    """A raster of a club's crest, in the club's colours."""
    rng = random.Random(name)
    stripe = rng.randbytes(3 * width // 2)
    rows = bytearray()
    for row in range(height):
        turn = row * 3 % len(stripe)
        rows += stripe[turn:] + stripe[:turn]
    return bytes(rows)


class CrestServer:
    def __init__(self, cache):
        self.cache = cache
        self.painted = 0
        self.checksum = 0

    @cachedmethod(lambda self: self.cache)
    def crest(self, name, width, height):
        self.painted += 1
        return paint(name, width, height)

    def serve(self, name, width):
        body = self.crest(name, width, width * 5 // 4)
        self.checksum = zlib.crc32(body[:64], self.checksum)
        return len(body)


def requests(count):
    rng = random.Random(202)
    for _ in range(count):
        club = int(rng.paretovariate(0.5)) % 4_000
        yield f"club-{club:05d}", rng.choice((96, 128, 160))


def matchday(cache):
    server = CrestServer(cache)
    sent = sum(server.serve(name, width) for name, width in requests(26_000))
    print("sent", sent, "checksum", server.checksum)
    return server


@case("qq 02 crest server")
class _:
    def bad():
        return matchday(LRUCache(maxsize=CACHE_BYTES))

    def good():
        return matchday(LRUCache(maxsize=CACHE_BYTES, getsizeof=len))


if __name__ == "__main__":
    kept = run()
