"""Makes the previews of an album of camera photographs, the right way up."""
import random

from PIL import Image, ImageDraw, ImageOps

from harness import case, fixture, run

SIZE = (6400, 4800)
COLOURS = ((200, 40, 30), (30, 170, 60), (40, 60, 210))


def photo_builder(number):
    def build(path):
        rng = random.Random(20 + number)
        photo = Image.new("RGB", SIZE, COLOURS[number % 3])
        pen = ImageDraw.Draw(photo)
        for _ in range(60):
            x, y = rng.randrange(SIZE[0]), rng.randrange(SIZE[1])
            pen.ellipse((x, y, x + 150, y + 150), fill=rng.choice(COLOURS))
        exif = Image.Exif()
        exif[0x0112] = 1 + 5 * (number % 2)
        photo.save(path, format="JPEG", quality=82, exif=exif)
    return build


def album(count=4):
    return [fixture(f"xx_20_photo{number}.jpg", photo_builder(number)) for number in range(count)]


def upright_preview(path, box):
    with Image.open(path) as photo:
        turned = ImageOps.exif_transpose(photo)
        turned.thumbnail(box)
        return turned


def preview_upright(path, box):
    with Image.open(path) as photo:
        photo.thumbnail(box)
        return ImageOps.exif_transpose(photo)


class Album:
    def __init__(self, make, box=(320, 320)):
        self.make = make
        self.box = box
        self.previews = []

    def add(self, path):
        self.previews.append(self.make(path, self.box))

    def describe(self):
        for preview in self.previews:
            mean = preview.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
            yield f"{preview.width}x{preview.height}:{'RGB'[mean.index(max(mean))]}"


def publish(make):
    shown = Album(make)
    for path in album() * 2:
        shown.add(path)
    print(" ".join(shown.describe()))
    return shown


@case("xx 20 photo previews")
class _:
    def setup():
        album()

    def bad():
        return publish(upright_preview)

    def good():
        return publish(preview_upright)


if __name__ == "__main__":
    kept = run()
