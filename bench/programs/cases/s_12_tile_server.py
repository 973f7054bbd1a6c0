"""Tile map server: rendered rasters and packed answers share one bounded cache."""
import random
import sys
import zlib
from collections import OrderedDict
import numpy as np

LIMIT = 12_000_000
SIZE = 160


def weigh_bad(value):
    """How much of the budget an entry takes."""
    return len(value)


def weigh_good(value):
    """How much of the budget an entry takes."""
    return value.nbytes if isinstance(value, np.ndarray) else len(value)


class BoundedCache:
    """Least recently used entries go first when the budget is used up."""

    def __init__(self, limit, weigh):
        self.limit = limit
        self.weigh = weigh
        self.entries = OrderedDict()
        self.used = 0
        self.hits = self.misses = 0

    def get(self, key, make):
        value = self.entries.get(key)
        if value is not None:
            self.hits += 1
            self.entries.move_to_end(key)
            return value
        self.misses += 1
        value = make()
        self._put(key, value)
        return value

    def _put(self, key, value):
        self.entries[key] = value
        self.used += self.weigh(value)
        while self.used > self.limit:
            _, old = self.entries.popitem(last=False)
            self.used -= self.weigh(old)


class Renderer:
    """Hill shading of a synthetic terrain, one raster a tile."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        self.waves = rng.uniform(0.002, 0.09, (6, 2)).astype(np.float32)
        self.phases = rng.uniform(0, 6.28, 6).astype(np.float32)
        self.axis = np.arange(SIZE, dtype=np.float32)

    def raster(self, zoom, x, y):
        across = (self.axis + x * SIZE) / zoom
        down = (self.axis + y * SIZE) / zoom
        height = np.zeros((SIZE, SIZE), np.float32)
        for (a, b), phase in zip(self.waves, self.phases):
            height += np.sin(a * across)[None, :] * np.cos(b * down + phase)[:, None]
        picture = np.empty((SIZE, SIZE, 3), np.uint8)
        picture[..., 0] = (height + 6) * 20
        picture[..., 1] = 255 - picture[..., 0] // 2
        picture[..., 2] = np.abs(height) * 40
        return picture


class TileServer:
    def __init__(self, arm):
        self.renderer = Renderer(12)
        self.cache = BoundedCache(LIMIT, weigh_bad if arm == "bad" else weigh_good)
        self.sent = 0

    def _raster(self, zoom, x, y):
        return self.cache.get(("raster", zoom, x, y), lambda: self.renderer.raster(zoom, x, y))

    def _answer(self, zoom, x, y):
        return self.cache.get(("png", zoom, x, y), lambda: zlib.compress(self._raster(zoom, x, y)[::4, ::4].tobytes(), 1))

    def tile(self, zoom, x, y):
        body = self._answer(zoom, x, y)
        self.sent += len(body)
        return body

    def colour(self, zoom, x, y, px, py):
        return tuple(int(v) for v in self._raster(zoom, x, y)[py, px])


def main(arm):
    server = TileServer(arm)
    rng = random.Random(14)
    check = 0
    x, y = 44, 44
    for _ in range(5000):
        zoom = rng.choice((4, 6, 8))
        x = min(54, max(34, x + rng.randint(-2, 2)))
        y = min(54, max(34, y + rng.randint(-2, 2)))
        check = zlib.crc32(server.tile(zoom, x, y), check)
        if rng.random() < 0.2:
            check += sum(server.colour(zoom, x, y, rng.randrange(SIZE), rng.randrange(SIZE)))
    print("requests", 5000, "sent", server.sent, "check %08x" % (check & 0xFFFFFFFF))
    return server


if __name__ == "__main__":
    STATE = main(sys.argv[1])
