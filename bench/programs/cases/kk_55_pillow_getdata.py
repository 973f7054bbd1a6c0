import gc
import hashlib
import os
import sys

from harness import CASES, D, case, fixture, run


def write_scan(path):
    import random
    from PIL import Image
    r = random.Random(1)
    tile = Image.frombytes("RGB", (100, 100), r.randbytes(30_000))
    tile.resize((1100, 900), Image.BILINEAR).save(path, "PNG")


def write_copy(path):
    from PIL import Image
    with Image.open(fixture("kk_scan.png", write_scan)) as image:
        image.save(path, "TIFF")


def pixel_checksum_bad(path):
    from PIL import Image
    with Image.open(path) as pil_image:
        pixels = list(pil_image.getdata())
        return hashlib.md5(repr(pixels).encode("ascii")).hexdigest()


def pixel_checksum_good(path):
    from PIL import Image
    with Image.open(path) as pil_image:
        pixels = pil_image.tobytes()
        return hashlib.md5(pixels).hexdigest()


def check_image_conversion(checksum):
    source = fixture("kk_scan.png", write_scan)
    converted = fixture("kk_scan.tif", write_copy)
    return checksum(source) == checksum(converted)


@case('55 list of pixels for a checksum')
class _:
    def setup():
        from PIL import Image, PngImagePlugin, TiffImagePlugin
        fixture("kk_scan.png", write_scan)
        fixture("kk_scan.tif", write_copy)
    def bad():
        return check_image_conversion(pixel_checksum_bad)
    def good():
        return check_image_conversion(pixel_checksum_good)


if __name__ == "__main__":
    kept = run()
