"""Compresses the scan of a drill core, block by block, on a pool of threads."""
import os
import random
import threading
import zlib
from multiprocessing.pool import ThreadPool

from harness import case, fixture, run

BLOCK = 512 * 1024
BLOCKS = 200


def record_scan(path):
    rng = random.Random(16)
    noise = rng.randbytes(BLOCK // 8)
    with open(path, "wb") as out:
        for n in range(BLOCKS):
            turn = n * 331 % len(noise)
            out.write((noise[turn:] + noise[:turn]) * 8)


class ScanReader:
    def __init__(self, path):
        self.path = path

    def blocks(self):
        with open(self.path, "rb") as source:
            while block := source.read(BLOCK):
                yield block

    def size(self):
        return os.path.getsize(self.path)


class PackedBlock:
    def __init__(self, block):
        self.raw = len(block)
        self.check = zlib.crc32(block)
        self.packed = len(zlib.compress(block, 6))


class ScanPacker:
    def feed(self, reader):
        return reader.blocks()

    def packed(self, reader):
        with ThreadPool(2) as pool:
            for block in pool.imap(PackedBlock, self.feed(reader)):
                yield block
                self.block_done()

    def block_done(self):
        pass


class PacedScanPacker(ScanPacker):
    def __init__(self, ahead=6):
        self.slots = threading.BoundedSemaphore(ahead)

    def feed(self, reader):
        for block in reader.blocks():
            self.slots.acquire()
            yield block

    def block_done(self):
        self.slots.release()


def pack(packer):
    reader = ScanReader(fixture("ad_16_scan.bin", record_scan))
    raw = packed = check = 0
    for block in packer.packed(reader):
        raw += block.raw
        packed += block.packed
        check ^= block.check
    print(f"{raw} of {reader.size()} bytes to {packed}, check {check:08x}")


@case("ad 16 core scans")
class _:
    def bad():
        pack(ScanPacker())

    def good():
        pack(PacedScanPacker())


if __name__ == "__main__":
    kept = run()
