import os
import random
import tempfile
import weakref
import zlib

from harness import CASES, D, case, fixture, run


class Segment:
    """A sort run: filled in memory, spilled to a file of its own, the file goes with the object."""

    def __init__(self, number):
        self.number = number
        self.buffer = bytearray()
        handle, self.path = tempfile.mkstemp(prefix="f6-segment-", dir=D)
        os.close(handle)
        self.watch()

    def watch(self):
        raise NotImplementedError

    def fill(self):
        rng = random.Random(self.number)
        self.buffer += rng.randbytes(rng.randrange(180_000, 240_000))

    def spill(self):
        with open(self.path, "wb") as out:
            out.write(self.buffer)

    def checksum(self):
        return zlib.crc32(self.buffer)


class SegmentOne(Segment):
    def watch(self):
        self._finalizer = weakref.finalize(self, self.remove)

    def remove(self):
        os.unlink(self.path)


class SegmentTwo(Segment):
    def watch(self):
        self._finalizer = weakref.finalize(self, os.unlink, self.path)


class Sorter:
    def __init__(self, segment_class):
        self.segment_class = segment_class
        self.checksums = []

    def pass_over(self, count):
        for number in range(count):
            segment = self.segment_class(number)
            segment.fill()
            segment.spill()
            self.checksums.append(segment.checksum())
        return self.checksums


@case('24 finalizer registered with a bound method')
class _:
    def bad():
        return Sorter(SegmentOne).pass_over(260)

    def good():
        return Sorter(SegmentTwo).pass_over(260)


if __name__ == "__main__":
    kept = run()
