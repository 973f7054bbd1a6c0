import random
import zlib
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, as_completed, wait

from harness import case, run


def render_tile(x, y):
    """An uncompressed 256 x 256 RGB tile."""
    return random.Random(x * 1000 + y).randbytes(256 * 256 * 3)


class TileArchive:
    def __init__(self):
        self.tiles = 0
        self.size = 0
        self.checksum = 0

    def add(self, key, tile):
        packed = zlib.compress(tile, 1)
        self.tiles += 1
        self.size += len(packed)
        self.checksum ^= zlib.crc32(packed, key[0] * 64 + key[1])


def build_archive(keys):
    archive = TileArchive()
    with ThreadPoolExecutor(max_workers=2) as pool:
        futures = {pool.submit(render_tile, *key): key for key in keys}
        for future in as_completed(futures):
            archive.add(futures[future], future.result())
    return archive


def build_archive_windowed(keys, window=6):
    archive = TileArchive()
    running = {}
    with ThreadPoolExecutor(max_workers=2) as pool:
        for key in keys:
            if len(running) >= window:
                done, _pending = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    archive.add(running.pop(future), future.result())
            running[pool.submit(render_tile, *key)] = key
        while running:
            future = next(iter(running))
            archive.add(running.pop(future), future.result())
    return archive


def publish(builder):
    archive = builder([(x, y) for x in range(24) for y in range(20)])
    print("tiles", archive.tiles, "bytes", archive.size, "checksum", archive.checksum)


@case("pp 09 map tiles")
class _:
    def bad():
        return publish(build_archive)

    def good():
        return publish(build_archive_windowed)


if __name__ == "__main__":
    kept = run()
