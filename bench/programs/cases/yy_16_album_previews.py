"""Makes the previews of a photo album in the sizes that the web page needs."""
import io

import numpy as np
from PIL import Image, ImageOps

from harness import case, fixture, run

SIZES = {"tile": (160, 160), "list": (320, 320)}


def build(path):
    y, x = np.mgrid[0:2400, 0:3600].astype(np.uint32)
    photo = np.dstack([(x * y >> 13) % 256, (x + y >> 4) % 256, (x * 3 + y * 7 >> 6) % 256]).astype(np.uint8)
    Image.fromarray(photo).save(path, "JPEG", quality=82)


def flat_preview(path, size):
    with Image.open(path) as photo:
        image = photo.convert("RGB")
        image.thumbnail(size)
    return image


def preview(path, size):
    with Image.open(path) as photo:
        photo.thumbnail(size)
        image = photo.convert("RGB")
    return image


def framed(image, border=4):
    return ImageOps.expand(image, border=border, fill=(250, 250, 250))


class Album:
    def __init__(self, paths, make):
        self.paths = paths
        self.make = make
        self.previews = {}

    def render(self, path, name, size):
        image = framed(self.make(path, size))
        with io.BytesIO() as out:
            image.save(out, "PNG", optimize=True)
            self.previews[path, name] = image.size, out.getvalue()

    def build(self):
        for path in self.paths:
            for name, size in SIZES.items():
                self.render(path, name, size)
        return self


def publish(make):
    album = Album([fixture("yy16_photo.jpg", build)], make).build()
    sizes = sorted(size for size, _ in album.previews.values())
    print(len(album.previews), sizes, all(len(png) > 1000 for _, png in album.previews.values()))
    return album


@case("yy 16 album previews")
class _:
    def setup():
        fixture("yy16_photo.jpg", build)

    def bad():
        return publish(flat_preview)

    def good():
        return publish(preview)


if __name__ == "__main__":
    kept = run()
