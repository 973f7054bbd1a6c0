"""Flat-file elevation raster: strips of little-endian 16 bit heights."""
import array
import os


class Raster:
    def __init__(self, path, width, strip_rows):
        self.path = path
        self.width = width
        self.strip_rows = strip_rows
        self.strip_bytes = width * strip_rows * 2

    @property
    def strips(self):
        return os.path.getsize(self.path) // self.strip_bytes

    def read(self, index):
        heights = array.array("h")
        with open(self.path, "rb") as handle:
            handle.seek(index * self.strip_bytes)
            heights.fromfile(handle, self.width * self.strip_rows)
        return heights


def create(path, width, strip_rows, strips):
    with open(path, "wb") as out:
        for s in range(strips):
            row = array.array("h", ((x * (s + 3)) % 1000 + s for x in range(width)))
            for _ in range(strip_rows):
                row.tofile(out)
    return Raster(path, width, strip_rows)
