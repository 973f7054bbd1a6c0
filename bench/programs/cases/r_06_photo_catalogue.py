"""Photo catalogue: makes thumbnails and finds colours, sharpness and near-duplicates of a JPEG folder."""
import io
import os
import random
import sys
import tempfile
from functools import cached_property

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

CASES = os.path.join(tempfile.gettempdir(), "memory-cases")
FOLDER = os.path.join(CASES, "ss-photos")


def write_photos(folder):
    rng = random.Random(606)
    noise = np.random.default_rng(606)
    os.makedirs(folder, exist_ok=True)
    for n in range(140):
        tint = [rng.randint(20, 230) for _ in range(3)]
        base = noise.normal(tint, 18, (60, 90, 3)).clip(0, 255).astype("uint8")
        image = Image.fromarray(base).resize((720, 480), Image.BICUBIC)
        pen = ImageDraw.Draw(image)
        for _ in range(rng.randint(4, 14)):
            x, y, r = rng.randint(0, 720), rng.randint(0, 480), rng.randint(10, 120)
            pen.ellipse((x - r, y - r, x + r, y + r), fill=tuple(rng.randint(0, 255) for _ in range(3)))
        image.filter(ImageFilter.GaussianBlur(rng.random() * 2)).save(
            os.path.join(folder, "IMG_%04d.jpg" % n), quality=85)


def ensure_input(path, writer):
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    pid = os.fork()
    if pid == 0:
        writer(path + ".part")
        os.replace(path + ".part", path)
        os._exit(0)
    os.waitpid(pid, 0)


def decode(path):
    with Image.open(path) as image:
        return np.asarray(image)


class Photo:
    """What the catalogue knows about one file."""

    def __init__(self, path):
        self.path = path
        self.name = os.path.basename(path)
        self.thumbnail = b""
        self.colour = None
        self.sharpness = 0.0
        self.fingerprint = 0


class PhotoBad(Photo):
    @cached_property
    def pixels(self):
        return decode(self.path)


class PhotoGood(Photo):
    @property
    def pixels(self):
        return decode(self.path)


class Analyser:
    def thumbnail(self, pixels):
        image = Image.fromarray(pixels)
        image.thumbnail((96, 96))
        out = io.BytesIO()
        image.save(out, "JPEG", quality=70)
        return out.getvalue()

    def sharpness(self, pixels):
        grey = pixels[::4, ::4, 1].astype("int16")
        return float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())

    def fingerprint(self, pixels):
        cells = pixels[:480, :720, 1].reshape(8, 60, 8, 90).mean(axis=(1, 3))
        bits = (cells > cells.mean()).ravel()
        return int("".join("1" if b else "0" for b in bits), 2)

    def run(self, photo):
        pixels = photo.pixels
        photo.colour = tuple(int(c) for c in pixels[::8, ::8].reshape(-1, 3).mean(axis=0))
        photo.sharpness = self.sharpness(pixels)
        photo.fingerprint = self.fingerprint(pixels)
        photo.thumbnail = self.thumbnail(pixels)


class Catalogue:
    def __init__(self, photo_type):
        self.photo_type = photo_type
        self.photos = {}
        self.analyser = Analyser()

    def scan(self, folder):
        for name in sorted(os.listdir(folder)):
            photo = self.photo_type(os.path.join(folder, name))
            self.analyser.run(photo)
            self.photos[photo.name] = photo

    def closest_pair(self):
        photos = list(self.photos.values())
        pairs = ((bin(a.fingerprint ^ b.fingerprint).count("1"), a.name, b.name)
                 for i, a in enumerate(photos) for b in photos[:i])
        return min(pairs)


CATALOGUE = None


def main(mode):
    global CATALOGUE
    ensure_input(FOLDER, write_photos)
    CATALOGUE = Catalogue(PhotoBad if mode == "bad" else PhotoGood)
    CATALOGUE.scan(FOLDER)
    sharpest = max(CATALOGUE.photos.values(), key=lambda p: p.sharpness)
    print("%d photos, sharpest %s, closest %s, thumbnails %d bytes"
          % (len(CATALOGUE.photos), sharpest.name, CATALOGUE.closest_pair(),
             sum(len(p.thumbnail) for p in CATALOGUE.photos.values())))


if __name__ == "__main__":
    main(sys.argv[1])
