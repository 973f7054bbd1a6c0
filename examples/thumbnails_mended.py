"""Mean colour and contrast of a folder of raw images: one mapped image at a time."""

import sys
import tempfile
from pathlib import Path

import numpy as np
from thumbnails import HEIGHT, WIDTH, make_images, statistics


def images(path: Path):
    """Yields each image as floats between 0 and 1; the file is mapped, not read."""
    raw = np.memmap(path, dtype=np.uint8, mode="r").reshape(-1, HEIGHT, WIDTH, 3)
    for image in raw:
        yield image.astype(np.float32) / 255


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "images.raw"
        make_images(path, count)
        found = [statistics(image) for image in images(path)]
    print(f"{len(found)} images, brightest {max(found)[0]:.3f}")


if __name__ == "__main__":
    main()
