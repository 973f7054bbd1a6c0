import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def scans(path):
    """Projections of 1.5 MB each, as the detector wrote them."""
    import random
    r = random.Random(264)
    with open(path, 'wb') as f:
        for _ in range(70):
            f.write(r.randbytes(1_500_000))


class StoreReader:
    """One block of projections, with the file it came from open for the next stage."""

    def __init__(self, path, index):
        import numpy as np
        self._file = open(path, 'rb')
        self._file.seek(index * 1_500_000)
        self._data = np.frombuffer(self._file.read(1_500_000), dtype=np.uint16).copy()
        self._register()

    def _register(self):
        import weakref
        weakref.finalize(self, self.finalize)

    def read_block(self, start, length):
        return self._data[start:start + length]

    def finalize(self):
        self._file.close()


class DetachedStoreReader(StoreReader):
    def _register(self):
        import weakref
        weakref.finalize(self, self._file.close)


def reconstruct(reader_class, path):
    means = []
    for index in range(70):
        reader = reader_class(path, index)
        block = reader.read_block(0, 750_000)
        means.append(float(block.mean()))
    return means


@case('24 weakref.finalize of a bound method')
class _:
    def setup():
        import numpy, weakref, random
        fixture('jj_projections.bin', scans)
    def bad():
        return reconstruct(StoreReader, os.path.join(D, 'jj_projections.bin'))
    def good():
        return reconstruct(DetachedStoreReader, os.path.join(D, 'jj_projections.bin'))


if __name__ == "__main__":
    kept = run()
