"""Map tile renderer: every job gets a workspace with a scratch folder that must vanish afterwards."""
import os
import random
import shutil
import sys
import tempfile
import weakref
import zlib

import numpy as np

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"


def remove_folder(path):
    shutil.rmtree(path, ignore_errors=True)


class Scratch:
    """A temporary folder that is removed when its owner dies."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="tile-")
        guard = self.guard_bad if ARM == "bad" else self.guard_good
        self.finalizer = guard()

    def guard_bad(self):
        return weakref.finalize(self, self.drop)

    def guard_good(self):
        return weakref.finalize(self, remove_folder, self.path)

    def drop(self):
        remove_folder(self.path)


class Workspace(Scratch):
    def __init__(self, zoom, x, y):
        super().__init__()
        self.zoom, self.x, self.y = zoom, x, y
        self.relief = None
        self.canvas = np.zeros((256, 256, 3), dtype=np.uint8)

    def load_relief(self, rng):
        coarse = (rng.normal(400, 180, (32, 32)).cumsum(axis=0) / 8).astype(np.float32)
        self.relief = rng.standard_normal((256, 256), dtype=np.float32)
        self.relief *= 3
        self.relief.reshape(32, 8, 32, 8)[...] += coarse[:, None, :, None]

    def save(self, name, data):
        with open(os.path.join(self.path, name), "wb") as out:
            out.write(data)


def shade(work):
    gx, gy = np.gradient(work.relief)
    light = np.clip(128 + 40 * gx - 25 * gy, 0, 255)
    work.canvas[..., 0] = light
    work.canvas[..., 1] = np.clip(light * 0.9 + 10, 0, 255)
    work.canvas[..., 2] = np.clip(work.relief / 8, 0, 255)


def encode(work):
    data = zlib.compress(work.canvas, 1)
    work.save(f"{work.zoom}-{work.x}-{work.y}.z", data)
    return data


class TileServer:
    def __init__(self):
        self.sizes = {}
        self.checksum = 0

    def render(self, zoom, x, y):
        work = Workspace(zoom, x, y)
        work.load_relief(np.random.default_rng([zoom, x, y]))
        shade(work)
        return encode(work)

    def request(self, key):
        data = self.render(*key)
        self.sizes[key] = len(data)
        self.checksum = zlib.crc32(data, self.checksum)


def main():
    rng = random.Random(4)
    server = TileServer()
    for _ in range(230):
        zoom = rng.randrange(6, 15)
        server.request((zoom, rng.randrange(1 << zoom), rng.randrange(1 << zoom)))
    print("tiles", len(server.sizes), "bytes", sum(server.sizes.values()), "crc", f"{server.checksum:08x}")
    return server


if __name__ == "__main__":
    server = main()
