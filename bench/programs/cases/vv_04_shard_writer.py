import atexit
import os
import tempfile

import numpy as np

from harness import case, run

ROWS, WIDTH = 8192, 128


class ShardWriter:
    """Gathers feature rows and writes them as one .npy shard; nothing is lost if the job stops early."""

    def __init__(self, folder, number):
        self.path = os.path.join(folder, f"shard-{number:03d}.npy")
        self.rows = np.empty((ROWS, WIDTH), dtype=np.float32)
        self.filled = 0
        self.closed = False
        atexit.register(self.close)

    def add(self, block):
        self.rows[self.filled:self.filled + len(block)] = block
        self.filled += len(block)

    def close(self):
        if not self.closed:
            np.save(self.path, self.rows[:self.filled])
            self.closed = True


class TidyShardWriter(ShardWriter):
    def close(self):
        super().close()
        atexit.unregister(self.close)


def write_shard(writer):
    rng = np.random.default_rng(7)
    for _ in range(16):
        writer.add(rng.random((ROWS // 16, WIDTH), dtype=np.float32))
    writer.close()
    return writer.path


def export(writer_class, shards=40):
    written = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(shards):
            path = write_shard(writer_class(folder, number))
            with open(path, "rb") as shard:
                np.lib.format.read_magic(shard)
                shape = np.lib.format.read_array_header_1_0(shard)[0]
            written += shape[0]
            if number % 13 == 0:
                print(os.path.basename(path), shape)
            os.unlink(path)
    return written


@case("vv 04 shard writer")
class _:
    def bad():
        print("rows", export(ShardWriter))

    def good():
        print("rows", export(TidyShardWriter))


if __name__ == "__main__":
    kept = run()
