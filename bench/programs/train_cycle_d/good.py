"""Train a linear sky/ground classifier on image tiles for a given number of steps."""
import os
import tempfile

import numpy as np

FILES = 42
IMAGES = 60
SIDE = 40
BATCH = 20


def write_shards(folder):
    for k in range(FILES):
        rng = np.random.default_rng(100 + k)
        labels = rng.integers(0, 2, IMAGES, dtype=np.uint8)
        pixels = rng.integers(0, 120, (IMAGES, SIDE, SIDE, 3), dtype=np.uint8)
        for i in np.flatnonzero(labels):
            pixels[i, :SIDE // 2, :, 2] += 90
        np.savez(os.path.join(folder, f"shard_{k:03d}.npz"), pixels=pixels, labels=labels)


class ShardLoader:
    """Batches of normalised images from the shards of a folder."""

    def __init__(self, folder, batch):
        self.paths = sorted(os.path.join(folder, name) for name in os.listdir(folder))
        self.batch = batch

    def __len__(self):
        return len(self.paths) * IMAGES // self.batch

    def __iter__(self):
        for path in self.paths:
            with np.load(path) as shard:
                pixels, labels = shard["pixels"], shard["labels"]
            for lo in range(0, len(labels), self.batch):
                part = pixels[lo:lo + self.batch].astype(np.float32)
                part /= 255.0
                yield part.reshape(len(part), -1), labels[lo:lo + self.batch].astype(np.float32)


class LogisticModel:
    def __init__(self, size):
        self.weights = np.zeros(size, dtype=np.float32)
        self.bias = 0.0

    def predict(self, x):
        return 1.0 / (1.0 + np.exp(-(x @ self.weights + self.bias)))

    def step(self, x, y, rate):
        p = self.predict(x)
        error = p - y
        self.weights -= rate * (error @ x) / len(y)
        self.bias -= rate * float(error.mean())
        return float(-np.mean(np.where(y > 0, np.log(p + 1e-7), np.log(1 - p + 1e-7))))


def forever(loader):
    while True:
        yield from loader


def train(model, loader, steps):
    batches = forever(loader)
    losses = []
    for step in range(steps):
        x, y = next(batches)
        losses.append(model.step(x, y, rate=0.02))
        if step % 40 == 39:
            print("step %3d loss %.3f" % (step + 1, sum(losses[-20:]) / 20))
    return losses


def accuracy(model, loader):
    right = total = 0
    for x, y in loader:
        right += int(((model.predict(x) > 0.5) == (y > 0.5)).sum())
        total += len(y)
    return right / total


def main():
    with tempfile.TemporaryDirectory() as tmp:
        write_shards(tmp)
        loader = ShardLoader(tmp, BATCH)
        model = LogisticModel(SIDE * SIDE * 3)
        losses = train(model, loader, steps=2 * len(loader) + 4)
        print("steps", len(losses), "accuracy %.3f" % accuracy(model, loader))


if __name__ == "__main__":
    main()
