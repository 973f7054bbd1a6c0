"""Mean colour and contrast of a folder of raw images."""

import sys
import tempfile
from pathlib import Path

import numpy as np

HEIGHT, WIDTH = 720, 1280


def make_images(path: Path, count: int) -> None:
    """Writes `count` raw RGB images into one file, as a camera's buffer is dumped."""
    random = np.random.default_rng(3)
    with path.open("wb") as file:
        for _ in range(count):
            low, high = sorted(random.integers(0, 256, 2))
            image = random.integers(low, high + 1, (HEIGHT, WIDTH, 3), dtype=np.uint8)
            file.write(image.tobytes())


def load_images(path: Path) -> list[np.ndarray]:
    """Every image as an array of floats between 0 and 1."""
    raw = np.fromfile(path, dtype=np.uint8).reshape(-1, HEIGHT, WIDTH, 3)
    return [image.astype(np.float32) / 255 for image in raw]


def statistics(image: np.ndarray) -> tuple[float, float]:
    """(brightness, contrast) of an image."""
    return float(image.mean()), float(image.std())


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "images.raw"
        make_images(path, count)
        found = [statistics(image) for image in load_images(path)]
    print(f"{len(found)} images, brightest {max(found)[0]:.3f}")


if __name__ == "__main__":
    main()
