"""Renders the tiles of a map with a pool of threads and writes them to one archive file."""
import hashlib
import tempfile
import zlib
from collections import deque
from concurrent.futures import ThreadPoolExecutor

from harness import case, run

SIDE = 256


def render(tile):
    zoom, x, y = tile
    row = bytes((zoom * 40 + x * 3 + y * 7 + n) % 256 for n in range(SIDE)) * 3
    return tile, row * SIDE


class TileArchive:
    def __init__(self):
        self.file = tempfile.TemporaryFile()
        self.index = {}
        self.digest = hashlib.sha1()

    def write(self, tile, pixels):
        packed = zlib.compress(pixels, 1)
        self.index[tile] = (self.file.tell(), len(packed))
        self.file.write(packed)
        self.digest.update(pixels[:64])

    def close(self):
        self.file.close()
        print(f"{len(self.index)} tiles, {self.digest.hexdigest()[:16]}")


def tiles(zoom):
    width = 2 ** zoom
    for x in range(width):
        for y in range(width):
            yield zoom, x, y


def render_map(zoom):
    archive = TileArchive()
    with ThreadPoolExecutor(max_workers=4) as pool:
        futures = [pool.submit(render, tile) for tile in tiles(zoom)]
        for future in futures:
            archive.write(*future.result())
    archive.close()


def draw_map(zoom, ahead=16):
    archive = TileArchive()
    with ThreadPoolExecutor(max_workers=4) as pool:
        pending = deque()
        for tile in tiles(zoom):
            pending.append(pool.submit(render, tile))
            if len(pending) >= ahead:
                archive.write(*pending.popleft().result())
        while pending:
            archive.write(*pending.popleft().result())
    archive.close()


@case("ab 20 tile renderer")
class _:
    def bad():
        render_map(zoom=5)

    def good():
        draw_map(zoom=5)


if __name__ == "__main__":
    kept = run()
