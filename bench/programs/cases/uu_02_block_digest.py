import hashlib
import random
import zlib
from collections import deque
from concurrent.futures import ThreadPoolExecutor

from harness import case, fixture, run

BLOCK = 256 * 1024
BLOCKS = 320
PATHS = {}


def build_volume(path):
    rnd = random.Random(11)
    with open(path, "wb") as out:
        for _ in range(BLOCKS):
            out.write(rnd.randbytes(BLOCK // 2) + bytes(BLOCK // 2))


def read_blocks(path):
    with open(path, "rb") as volume:
        while block := volume.read(BLOCK):
            yield block


def fingerprint(block):
    packed = len(zlib.compress(block, 6))
    return hashlib.blake2b(block, digest_size=8).hexdigest(), packed


class Manifest:
    def __init__(self):
        self.blocks = 0
        self.packed = 0
        self.root = hashlib.sha256()

    def add(self, digest, packed):
        self.blocks += 1
        self.packed += packed
        self.root.update(digest.encode())

    def show(self):
        print(self.blocks, self.packed, self.root.hexdigest()[:16])


def windowed(pool, work, items, width):
    running = deque()
    for item in items:
        running.append(pool.submit(work, item))
        del item
        if len(running) >= width:
            yield running.popleft().result()
    while running:
        yield running.popleft().result()


@case("uu 02 block digest")
class _:
    def setup():
        PATHS["volume"] = fixture("uu_02_volume.bin", build_volume)

    def bad():
        manifest = Manifest()
        with ThreadPoolExecutor(max_workers=2) as pool:
            for digest, packed in pool.map(fingerprint, read_blocks(PATHS["volume"])):
                manifest.add(digest, packed)
        manifest.show()
        return manifest.packed

    def good():
        manifest = Manifest()
        with ThreadPoolExecutor(max_workers=2) as pool:
            for digest, packed in windowed(pool, fingerprint, read_blocks(PATHS["volume"]), 4):
                manifest.add(digest, packed)
        manifest.show()
        return manifest.packed


if __name__ == "__main__":
    kept = run()
