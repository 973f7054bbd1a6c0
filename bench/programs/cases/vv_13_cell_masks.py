import random

import numpy as np
from PIL import Image, ImageDraw

from harness import case, run

SIZE, CLASSES, SAMPLES = 192, 10, 110


def draw_mask(seed):
    rng = random.Random(seed)
    mask = Image.new("L", (SIZE, SIZE), 0)
    pen = ImageDraw.Draw(mask)
    for _ in range(25):
        x, y, r = rng.randrange(SIZE), rng.randrange(SIZE), rng.randrange(6, 28)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=rng.randrange(1, CLASSES))
    return np.array(mask)


class OneHotMasks:
    def __init__(self, seeds):
        planes = np.eye(CLASSES, dtype=np.float32)
        self.masks = [planes[draw_mask(seed)] for seed in seeds]

    def __len__(self):
        return len(self.masks)

    def __getitem__(self, k):
        return self.masks[k]


class ClassMasks:
    def __init__(self, seeds):
        self.planes = np.eye(CLASSES, dtype=np.float32)
        self.masks = [draw_mask(seed) for seed in seeds]

    def __len__(self):
        return len(self.masks)

    def __getitem__(self, k):
        return self.planes[self.masks[k]]


def report(dataset):
    share = np.zeros(CLASSES)
    for k in range(len(dataset)):
        share += dataset[k].sum(axis=(0, 1))
    share /= share.sum()
    print(len(dataset), "masks", [f"{s:.4f}" for s in share])


@case("vv 13 masks of cells")
class _:
    def bad():
        dataset = OneHotMasks(range(SAMPLES))
        report(dataset)
        return dataset

    def good():
        dataset = ClassMasks(range(SAMPLES))
        report(dataset)
        return dataset


if __name__ == "__main__":
    kept = run()
