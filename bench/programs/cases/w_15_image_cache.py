"""Image augmentation loader: caches normalised images, serves augmented batches."""
import os
import sys
import tempfile

import numpy as np

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
COUNT, SIDE = 520, 128
RECORD = SIDE * SIDE * 3


def build_images(path):
    rng = np.random.default_rng(27)
    ramp = np.linspace(0, 1, SIDE)
    with open(path, "wb") as out:
        for _ in range(COUNT):
            base = np.outer(np.sin(ramp * rng.uniform(1, 9) + rng.uniform(0, 6)), np.cos(ramp * rng.uniform(1, 9)))
            image = 128 + 70 * base[:, :, None] * rng.uniform(0.4, 1.2, 3) + rng.normal(0, 12, (SIDE, SIDE, 3))
            out.write(np.clip(image, 0, 255).astype(np.uint8).tobytes())


def prepared(name, build):
    path = os.path.join(BASE, name)
    if not os.path.exists(path):
        pid = os.fork()
        if pid == 0:
            try:
                os.makedirs(BASE, exist_ok=True)
                build(path + ".part")
                os.rename(path + ".part", path)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
    return path


class Normaliser:
    MEAN = np.array([123.675, 116.28, 103.53])
    SPREAD = np.array([58.395, 57.12, 57.375])

    def normalise_bad(self, image):
        pixels = image.astype(np.float32)
        return (pixels - self.MEAN) / self.SPREAD

    def normalise_good(self, image):
        pixels = image.astype(np.float32)
        pixels -= self.MEAN.astype(np.float32)
        pixels /= self.SPREAD.astype(np.float32)
        return pixels


class Source:
    """Reads single images from the packed record file."""

    def __init__(self, path):
        self.path = path

    def read(self, key):
        flat = np.fromfile(self.path, dtype=np.uint8, count=RECORD, offset=key * RECORD)
        return flat.reshape(SIDE, SIDE, 3)


class CachedImages:
    def __init__(self, source, normalise):
        self.source = source
        self.normalise = normalise
        self.images = {}

    def get(self, key):
        if key not in self.images:
            self.images[key] = self.normalise(self.source.read(key))
        return self.images[key]


class Augmenter:
    def __init__(self, rng, crop):
        self.rng = rng
        self.crop = crop

    def apply(self, image, out):
        top, left = self.rng.integers(0, SIDE - self.crop, 2)
        view = image[top:top + self.crop, left:left + self.crop]
        if self.rng.random() < 0.5:
            view = view[:, ::-1]
        np.multiply(view, self.rng.uniform(0.8, 1.2), out=out, casting="same_kind")


class Loader:
    def __init__(self, cache, augmenter, batch):
        self.cache = cache
        self.augmenter = augmenter
        self.buffer = np.empty((batch, augmenter.crop, augmenter.crop, 3), dtype=np.float32)

    def epoch(self, order):
        size = len(self.buffer)
        for start in range(0, len(order) - size + 1, size):
            for slot, key in enumerate(order[start:start + size]):
                self.augmenter.apply(self.cache.get(int(key)), self.buffer[slot])
            yield self.buffer


def main(arm):
    rng = np.random.default_rng(99)
    normaliser = Normaliser()
    normalise = normaliser.normalise_bad if arm == "bad" else normaliser.normalise_good
    cache = CachedImages(Source(prepared("xx-images.bin", build_images)), normalise)
    loader = Loader(cache, Augmenter(rng, 96), 20)
    levels = []
    for _ in range(3):
        for batch in loader.epoch(rng.permutation(COUNT)):
            levels.append(float(batch.mean(dtype=np.float64)))
    print(f"images={len(cache.images)} batches={len(levels)} level={sum(levels) / len(levels):.3f}")
    return loader


if __name__ == "__main__":
    LOADER = main(sys.argv[1])
