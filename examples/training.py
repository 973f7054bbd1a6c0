"""A training loop: logistic regression over samples that are stored one to a file."""

import sys
import tempfile
from pathlib import Path

import numpy as np

FEATURES = 40_000


def make_samples(directory: Path, count: int) -> None:
    """Writes samples as .npy files, as a preprocessing job leaves them."""
    random = np.random.default_rng(5)
    for i in range(count):
        label = i % 2
        sample = random.normal(0.02 * label, 1, FEATURES).astype(np.float32)
        np.save(directory / f"{i:05d}-{label}.npy", sample)


class Samples:
    """The samples of a directory, in random order."""

    def __init__(self, directory: Path) -> None:
        self.items = []
        for path in sorted(directory.glob("*.npy")):
            features = np.load(path).astype(np.float64)
            self.items.append((features, int(path.stem[-1])))

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> tuple[np.ndarray, int]:
        return self.items[index]


def train(samples, epochs: int = 2) -> np.ndarray:
    """Weights after plain stochastic gradient descent."""
    weights = np.zeros(FEATURES)
    order = np.random.default_rng(1)
    for _ in range(epochs):
        for index in order.permutation(len(samples)):
            features, label = samples[index]
            guess = 1 / (1 + np.exp(-features @ weights))
            weights -= 0.001 * (guess - label) * features
    return weights


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_200
    with tempfile.TemporaryDirectory() as directory:
        make_samples(Path(directory), count)
        weights = train(Samples(Path(directory)))
    print(f"{count} samples, weights sum to {weights.sum():.4f}")


if __name__ == "__main__":
    main()
