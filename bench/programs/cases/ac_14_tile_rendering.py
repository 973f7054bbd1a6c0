"""Renders the tiles of a map in worker processes and appends them to the archive file."""
import multiprocessing
import tempfile
import zlib

from harness import case, run

SIDE = 640
TILES = 140


def shade(x, y):
    return (x * 37 + y * 91) & 0xFF


def render(number):
    """One tile, three bytes for each pixel."""
    tile = bytearray()
    column, row = number % 12, number // 12
    for line in range(SIDE):
        base = shade(column, row * SIDE + line)
        tile += bytes((base, (base * 3) & 0xFF, (base ^ 0x5A) & 0xFF)) * SIDE
    return number, bytes(tile)


class Archive:
    """Tiles one after another, with an index of their places."""

    def __init__(self, out):
        self.out = out
        self.index = {}
        self.checksum = 0

    def add(self, number, tile):
        self.index[number] = self.out.tell(), len(tile)
        self.checksum = zlib.crc32(tile, self.checksum)
        self.out.write(tile)

    def __str__(self):
        size = sum(length for _, length in self.index.values())
        return f"{len(self.index)} tiles, {size} bytes, checksum {self.checksum:08x}"


def render_map(pool, archive):
    for number, tile in pool.map(render, range(TILES)):
        archive.add(number, tile)


def render_map_in_order(pool, archive):
    for number, tile in pool.imap(render, range(TILES)):
        archive.add(number, tile)


def job(renderer):
    with tempfile.TemporaryFile() as out, multiprocessing.Pool(2) as pool:
        archive = Archive(out)
        renderer(pool, archive)
    print(archive)
    return archive.index


@case("ac 14 tile rendering")
class _:
    def bad():
        return job(render_map)

    def good():
        return job(render_map_in_order)


if __name__ == "__main__":
    kept = run()
