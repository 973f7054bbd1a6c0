"""Image loader for training: samples are augmented into variants, packed into batches, and fed to a linear model."""
import os
import sys
import tempfile

import numpy as np

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
SHARDS = os.path.join(BASE, "r_shards")
SIDE = 128


def write_shards():
    os.makedirs(SHARDS + ".part", exist_ok=True)
    for shard in range(12):
        rng = np.random.default_rng(shard)
        images = rng.integers(0, 200, (40, SIDE, SIDE, 3), dtype=np.uint8)
        labels = rng.integers(0, 3, 40)
        for image, label in zip(images, labels):
            image[..., label] = image[..., label] // 2 + 100
        np.save(os.path.join(SHARDS + ".part", f"x{shard:02d}.npy"), images)
        np.save(os.path.join(SHARDS + ".part", f"y{shard:02d}.npy"), labels)
    os.rename(SHARDS + ".part", SHARDS)


def ensure_shards():
    os.makedirs(BASE, exist_ok=True)
    if not os.path.exists(SHARDS):
        pid = os.fork()
        if pid == 0:
            write_shards()
            os._exit(0)
        os.waitpid(pid, 0)


class Sample:
    def __init__(self, pixels, label, parent=None):
        self.pixels = pixels
        self.label = label
        self.parent = parent
        self.variants = []

    def derive_bad(self, pixels):
        variant = Sample(pixels, self.label, parent=self)
        self.variants.append(variant)
        return variant

    def derive_good(self, pixels):
        variant = Sample(pixels, self.label)
        self.variants.append(variant)
        return variant


class Augmenter:
    def __init__(self, rng):
        self.rng = rng

    def flip(self, pixels):
        return np.ascontiguousarray(pixels[:, ::-1])

    def shift(self, pixels):
        return np.roll(pixels, int(self.rng.integers(-20, 20)), axis=0)

    def light(self, pixels):
        pixels = pixels * np.float32(self.rng.uniform(0.8, 1.2))
        return np.clip(pixels, 0, 1, out=pixels)

    def apply(self, sample):
        derive = sample.derive_bad if ARM == "bad" else sample.derive_good
        for change in (self.flip, self.shift, self.light):
            derive(change(sample.pixels))
        return [sample, *sample.variants]


class Loader:
    def __init__(self, folder, augmenter):
        self.folder = folder
        self.augmenter = augmenter
        self.shards = sorted(n[1:] for n in os.listdir(folder) if n.startswith("x"))

    def samples(self):
        for name in self.shards:
            images = np.load(os.path.join(self.folder, "x" + name), mmap_mode="r")
            labels = np.load(os.path.join(self.folder, "y" + name))
            for image, label in zip(images, labels):
                pixels = image.astype(np.float32)
                pixels /= 255
                yield Sample(pixels, int(label))

    def batches(self):
        for sample in self.samples():
            group = self.augmenter.apply(sample)
            yield np.stack([s.pixels.mean(axis=(0, 1)) for s in group]), sample.label


class Model:
    def __init__(self):
        self.weights = np.zeros((3, 3))
        self.right = self.seen = 0

    def learn(self, features, label):
        scores = features @ self.weights
        self.right += int((scores.argmax(axis=1) == label).sum())
        self.seen += len(features)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        odds[:, label] -= 1
        self.weights -= 0.5 * features.T @ odds / len(features)


def main():
    ensure_shards()
    loader = Loader(SHARDS, Augmenter(np.random.default_rng(1)))
    model = Model()
    for features, label in loader.batches():
        model.learn(features, label)
    print("seen", model.seen, "right", model.right, "norm", round(float(np.abs(model.weights).sum()), 5))
    return model


if __name__ == "__main__":
    model = main()
