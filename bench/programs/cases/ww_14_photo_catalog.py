"""Sorts the pictures of a folder into size buckets before a training run."""
import math
import os
from collections import Counter, defaultdict

import numpy as np
from PIL import Image, ImageOps

from harness import case, fixture, run

ORIENTATION = 0x0112


def make_folder(path, count=60):
    os.makedirs(path)
    for n in range(count):
        rng = np.random.default_rng(n)
        small = rng.integers(0, 255, (30, 40, 3), dtype=np.uint8)
        exif = Image.Exif()
        exif[ORIENTATION] = 6 if n % 3 == 0 else 1
        picture = Image.fromarray(small).resize((600 + 20 * (n % 4), 540))
        picture.save(os.path.join(path, f"p{n:02}.jpg"), exif=exif, quality=97)


def bits_per_byte(path):
    """Broken downloads are mostly zeros."""
    with open(path, "rb") as file:
        counts = Counter(file.read())
    total = sum(counts.values())
    return -sum(n / total * math.log2(n / total) for n in counts.values())


class Entry:
    def __init__(self, path):
        self.path = path
        image = Image.open(path)
        self.image = ImageOps.exif_transpose(image)

    @property
    def size(self):
        return self.image.size


class HeaderEntry:
    def __init__(self, path):
        self.path = path
        with Image.open(path) as image:
            self.size = image.size
            if image.getexif().get(ORIENTATION) == 6:
                self.size = self.size[::-1]


class Catalog:
    def __init__(self, folder, entry):
        self.buckets = defaultdict(list)
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if bits_per_byte(path) < 4:
                continue
            item = entry(path)
            self.buckets[item.size].append(item)

    def describe(self):
        return sorted((size, len(items)) for size, items in self.buckets.items())


def scan(entry):
    catalog = Catalog(fixture("ww_14_photos97", make_folder), entry)
    print(catalog.describe())
    return catalog


@case("ww 14 photo catalog")
class _:
    def bad():
        return scan(Entry)

    def good():
        return scan(HeaderEntry)


if __name__ == "__main__":
    kept = run()
