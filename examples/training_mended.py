"""A training loop: logistic regression over samples that are loaded when they are asked for."""

import sys
import tempfile
from pathlib import Path

import numpy as np
from training import make_samples, train


class Samples:
    """The samples of a directory, in random order; each is read when it is its turn."""

    def __init__(self, directory: Path) -> None:
        self.paths = sorted(directory.glob("*.npy"))

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int) -> tuple[np.ndarray, int]:
        path = self.paths[index]
        return np.load(path).astype(np.float64), int(path.stem[-1])


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_200
    with tempfile.TemporaryDirectory() as directory:
        make_samples(Path(directory), count)
        weights = train(Samples(Path(directory)))
    print(f"{count} samples, weights sum to {weights.sum():.4f}")


if __name__ == "__main__":
    main()
