"""Packs a big dump block by block with a few threads and writes an index of the packed blocks."""
import random
import zlib
from collections import deque
from concurrent.futures import ThreadPoolExecutor

from harness import case, fixture, run

BLOCK = 256 * 1024
WORKERS = 2


def build(path):
    rnd = random.Random(8)
    words = [rnd.randbytes(6).hex() for _ in range(5000)]
    with open(path, "w") as out:
        while out.tell() < 64 * 2**20:
            out.write(" ".join(rnd.choices(words, k=4000)) + "\n")


def blocks(path):
    with open(path, "rb") as dump:
        while block := dump.read(BLOCK):
            yield block


def pack(block):
    packed = zlib.compress(block, 1)
    return zlib.crc32(block), len(packed)


def packed_blocks(pool, path):
    yield from pool.map(pack, blocks(path))


def packed_blocks_windowed(pool, path):
    pending = deque()
    for block in blocks(path):
        pending.append(pool.submit(pack, block))
        if len(pending) >= 4 * WORKERS:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


def index(path, packer):
    entries, offset, check = [], 0, 0
    with ThreadPoolExecutor(WORKERS) as pool:
        for crc, size in packer(pool, path):
            entries.append((offset, size))
            offset += size
            check ^= crc
    print(len(entries), check)
    return entries


@case("yy 08 block packer")
class _:
    def setup():
        fixture("yy08_dump.txt", build)

    def bad():
        return index(fixture("yy08_dump.txt", build), packed_blocks)

    def good():
        return index(fixture("yy08_dump.txt", build), packed_blocks_windowed)


if __name__ == "__main__":
    kept = run()
