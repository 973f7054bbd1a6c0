"""A labelled image set for a small classifier: shuffled, normalised batches for some epochs."""
import numpy as np

from harness import case, fixture, run

SIDE = 48


def build(path):
    rng = np.random.default_rng(11)
    images = rng.integers(0, 256, (3600, SIDE, SIDE, 3), dtype=np.uint8)
    with open(path, "wb") as out:
        np.save(out, images)


class ImageSet:
    def __init__(self, path):
        self.images = np.load(path) / 255.0
        self.labels = np.arange(len(self.images)) % 10

    def __len__(self):
        return len(self.images)

    def batch(self, rows):
        return self.images[rows], self.labels[rows]


class TrainingImageSet(ImageSet):
    def __init__(self, path):
        self.images = np.load(path)
        self.labels = np.arange(len(self.images)) % 10

    def batch(self, rows):
        return self.images[rows].astype(np.float32) / np.float32(255), self.labels[rows]


class Loader:
    def __init__(self, dataset, size, seed=3):
        self.dataset = dataset
        self.size = size
        self.rng = np.random.default_rng(seed)

    def __iter__(self):
        order = self.rng.permutation(len(self.dataset))
        for start in range(0, len(order), self.size):
            yield self.dataset.batch(order[start:start + self.size])


def train(dataset, epochs=3):
    loader = Loader(dataset, size=64)
    brightness = np.zeros(10)
    seen = 0
    for _ in range(epochs):
        for images, labels in loader:
            for label in range(10):
                brightness[label] += images[labels == label].mean(axis=(1, 2, 3)).sum()
            seen += len(labels)
    print(f"{seen} images, mean brightness {brightness.sum() / seen:.3f}, "
          f"brightest class {brightness.max() / seen * 10:.2f}")
    return dataset


@case("ab 11 image set")
class _:
    def bad():
        return train(ImageSet(fixture("ab_11_images.npy", build)))

    def good():
        return train(TrainingImageSet(fixture("ab_11_images.npy", build)))


if __name__ == "__main__":
    kept = run()
