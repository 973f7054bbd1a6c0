"""Contact sheet of a folder of photographs: small upright pictures on one page, with the mean tone of each."""
import os

import numpy as np
from PIL import Image, ImageOps

from harness import D, case, fixture, run

SIZE = (4400, 3300)
TURNED = 6
BOX = (240, 240)


def write_photo(path, number):
    x = np.linspace(0, 1, SIZE[0], dtype=np.float32)[None, :]
    y = np.linspace(0, 1, SIZE[1], dtype=np.float32)[:, None]
    picture = np.empty((SIZE[1], SIZE[0], 3), dtype=np.uint8)
    for band in range(3):
        picture[..., band] = 120 + 60 * np.sin(3 * x + number + band) * np.cos(2 * y - band) + 40 * y
    exif = Image.Exif()
    if number % 2:
        exif[0x0112] = TURNED
    Image.fromarray(picture).save(path, "JPEG", quality=88, exif=exif)


def folder(count):
    return [fixture(f"af_18_photo_{n}.jpg", lambda path, n=n: write_photo(path, n)) for n in range(count)]


class Thumbnails:
    """Small versions of photographs, upright whatever the camera's position was."""

    def __init__(self, box):
        self.box = box

    def make(self, image):
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail(self.box)
        return upright

    def open(self, path):
        with Image.open(path) as image:
            return self.make(image).convert("RGB")


class SmallFirst(Thumbnails):
    def make(self, image):
        image.thumbnail(self.box)
        return ImageOps.exif_transpose(image)


class Sheet:
    def __init__(self, thumbnails, columns=3):
        self.thumbnails = thumbnails
        self.columns = columns
        self.tones = []

    def add(self, page, place, path):
        small = self.thumbnails.open(path)
        left = place % self.columns * BOX[0] + (BOX[0] - small.width) // 2
        top = place // self.columns * BOX[1] + (BOX[1] - small.height) // 2
        page.paste(small, (left, top))
        tone = np.asarray(small, dtype=np.float32).mean(axis=(0, 1))
        self.tones.append((os.path.basename(path), small.size, [int(round(float(v), -1)) for v in tone]))

    def build(self, paths):
        rows = -(-len(paths) // self.columns)
        page = Image.new("RGB", (self.columns * BOX[0], rows * BOX[1]), "white")
        for place, path in enumerate(paths):
            self.add(page, place, path)
        return page


def contact_sheet(kind):
    sheet = Sheet(kind(BOX))
    page = sheet.build(folder(11))
    for name, size, tone in sheet.tones:
        print(name, size, tone)
    print("page", page.size)
    page.save(os.path.join(D, "af_18_sheet.png"))
    return page


@case("af 18 photo index")
class _:
    def bad():
        return contact_sheet(Thumbnails)

    def good():
        return contact_sheet(SmallFirst)


if __name__ == "__main__":
    kept = run()
