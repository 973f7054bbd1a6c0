"""Convert scanned pages to PNG and check that no pixel changed on the way."""
import hashlib
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

PAGES = 3
SIZE = (900, 1200)


class ConversionError(Exception):
    pass


def scan_page(path, number):
    page = Image.new("RGB", SIZE, (244, 238, 220 + number))
    pen = ImageDraw.Draw(page)
    for row in range(40):
        y = 60 + row * 27
        for word in range(9):
            x = 70 + word * 85 + (row * 13 + number * 29) % 21
            pen.rectangle((x, y, x + 40 + (row * word) % 35, y + 12), fill=(40 + row, 30 + word * 5, 25))
    if number % 2:
        pen.ellipse((300, 400, 600, 760), outline=(150, 20, 20), width=6)
    page.save(path, "TIFF")


def pixel_checksum(image):
    """Checksum of the decoded pixels, independent of the file format."""
    pixels = repr(list(image.get_flattened_data()))
    return hashlib.md5(pixels.encode("ascii")).hexdigest()


def check_same_pixels(source, target):
    with Image.open(source) as one:
        before = pixel_checksum(one)
        mode = one.mode
    with Image.open(target) as two:
        if two.mode != mode:
            raise ConversionError(f"{target.name}: mode {two.mode}, not {mode}")
        after = pixel_checksum(two)
    if before != after:
        raise ConversionError(f"{target.name}: pixels differ")


def convert(source):
    target = source.with_suffix(".png")
    with Image.open(source) as image:
        image.save(target, "PNG", compress_level=1)
    return target


def spoil(path):
    with Image.open(path) as image:
        image.load()
    image.putpixel((450, 600), (1, 2, 3))
    image.save(path, "PNG", compress_level=1)


def main():
    good, failed = 0, []
    with tempfile.TemporaryDirectory() as tmp:
        for number in range(PAGES):
            scan_page(Path(tmp) / f"folio_{number:02d}r.tif", number)
        for source in sorted(Path(tmp).glob("*.tif")):
            target = convert(source)
            if source.stem.endswith("02r"):
                spoil(target)
            try:
                check_same_pixels(source, target)
            except ConversionError as exc:
                failed.append(str(exc))
            else:
                good += 1
                print(source.name, "->", target.name)
    print("converted", good, "failed", failed)


if __name__ == "__main__":
    main()
