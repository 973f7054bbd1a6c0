"""A map server's tile renderer with a cache of rendered tiles in front of it."""
import random
import zlib

from cachetools import LRUCache

from harness import case, run


class Renderer:
    """City tiles are large, sea tiles small."""

    def __init__(self, seed=3):
        self.seed = seed

    def render(self, key):
        zoom, x, y = key
        rng = random.Random(hash(key) ^ self.seed)
        size = rng.choice((2_000, 40_000, 250_000, 900_000))
        return rng.randbytes(4096) * (size // 4096 + 1)


class TileServer:
    def __init__(self, cache):
        self.renderer = Renderer()
        self.cache = cache
        self.sent = 0
        self.checksum = 0

    def tile(self, zoom, x, y):
        key = (zoom, x, y)
        try:
            return self.cache[key]
        except KeyError:
            data = self.renderer.render(key)
        try:
            self.cache[key] = data
        except ValueError:
            pass
        return data

    def get(self, zoom, x, y):
        data = self.tile(zoom, x, y)
        self.sent += len(data)
        self.checksum = zlib.crc32(data[:8192], self.checksum)


def browse(server, steps=20_000, seed=11):
    rng = random.Random(seed)
    x = y = 500
    for _ in range(steps):
        x += rng.choice((-1, 0, 1))
        y += rng.choice((-1, 0, 1))
        server.get(12, x, y)
    print(server.sent, server.checksum)
    return server


@case("ww 04 tile cache")
class _:
    def bad():
        return browse(TileServer(LRUCache(maxsize=256)))

    def good():
        return browse(TileServer(LRUCache(maxsize=8 << 20, getsizeof=len)))


if __name__ == "__main__":
    kept = run()
