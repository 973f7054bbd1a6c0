import time

import numpy as np

from harness import case, run


def load_images(count):
    rng = np.random.default_rng(5)
    images = np.empty((count, 96, 96, 3), dtype=np.uint8)
    for n in range(count):
        images[n] = rng.integers(0, 256 - n % 200, (96, 96, 3), dtype=np.uint8)
    return images


def scale(images):
    return images / 255.0


def scale_single(images):
    return np.divide(images, 255.0, dtype=np.float32)


class Dataset:
    def __init__(self, pixels):
        self.pixels = pixels

    def batches(self, size):
        for start in range(0, len(self.pixels), size):
            yield self.pixels[start:start + size]


def train(scaler):
    dataset = Dataset(scaler(load_images(600)))
    bright = 0
    for epoch in range(5):
        for batch in dataset.batches(32):
            bright += int((batch.mean(axis=(1, 2, 3)) > 0.37).sum())
    time.sleep(0.1)
    print("bright", bright)
    return dataset


@case("nn 12 scale images")
class _:
    def bad():
        return train(scale)

    def good():
        return train(scale_single)


if __name__ == "__main__":
    kept = run()
