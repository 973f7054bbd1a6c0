"""Compress a dump file block by block with a reader thread."""
import queue
import random
import tempfile
import threading
import zlib
from pathlib import Path

BLOCK = 256 * 1024
N_BLOCKS = 320
DONE = None


def make_dump(path):
    rng = random.Random(5)
    noise = rng.randbytes(BLOCK // 2)
    with open(path, "wb") as out:
        for n in range(N_BLOCKS):
            cut = n * 211 % len(noise)
            out.write(noise[cut:])
            out.write(noise[:cut])
            out.write((b"row %09d;" % n) * ((BLOCK // 2) // 14))


class Archiver:
    def __init__(self, source, target):
        self.source = source
        self.target = target
        self.blocks = queue.Queue(maxsize=8)
        self.n_in = 0
        self.n_out = 0
        self.crc = 0

    def _read(self):
        with open(self.source, "rb") as src:
            while block := src.read(BLOCK):
                self.n_in += 1
                self.blocks.put(block)
        self.blocks.put(DONE)

    def _compress(self):
        packer = zlib.compressobj(6)
        with open(self.target, "wb") as dst:
            while (block := self.blocks.get()) is not DONE:
                self.crc = zlib.crc32(block, self.crc)
                dst.write(packer.compress(block))
                self.n_out += 1
            dst.write(packer.flush())

    def run(self):
        reader = threading.Thread(target=self._read, name="reader")
        reader.start()
        self._compress()
        reader.join()


def verify(path):
    unpacker = zlib.decompressobj()
    crc = size = 0
    with open(path, "rb") as src:
        while chunk := src.read(64 * 1024):
            plain = unpacker.decompress(chunk)
            crc = zlib.crc32(plain, crc)
            size += len(plain)
    return crc, size


def main():
    with tempfile.TemporaryDirectory() as tmp:
        source, target = Path(tmp) / "dump.bin", Path(tmp) / "dump.z"
        make_dump(source)
        archiver = Archiver(source, target)
        archiver.run()
        crc, size = verify(target)
        print("blocks", archiver.n_in, archiver.n_out)
        print("bytes", size, "crc ok", crc == archiver.crc, f"{crc:08x}")


if __name__ == "__main__":
    main()
