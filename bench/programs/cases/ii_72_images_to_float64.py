import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def build(path):
    import numpy as np
    with open(path, 'wb') as f:
        np.save(f, np.random.default_rng(72).integers(0, 256, (500, 128, 128, 3), 'uint8'))


class Images:
    """Hands out batches as float32 between 0 and 1."""
    def __init__(self, raw):
        self.raw = raw

    def batch(self, i, n=25):
        import numpy as np
        return self.raw[i:i + n].astype(np.float32) / np.float32(255)


@case('72 uint8 images scaled to float64 at once')
class _:
    def setup():
        _.path = fixture('ii_images.npy', build)
        import numpy
    def bad():
        import numpy as np
        x = np.load(_.path) / 255.0
        mean = sum(x[i:i + 25].mean(axis=(0, 1, 2)) for i in range(0, len(x), 25)) / 20
        return x, mean
    def good():
        import numpy as np
        x = Images(np.load(_.path))
        mean = sum(x.batch(i).mean(axis=(0, 1, 2)) for i in range(0, len(x.raw), 25)) / 20
        return x, mean


if __name__ == "__main__":
    kept = run()
