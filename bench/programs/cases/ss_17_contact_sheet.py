import io
import random

from PIL import Image

from harness import case, run

PROFILE = random.Random(1717).randbytes(560_000)


def shoot(number):
    """The file that the camera writes for a photo."""
    rng = random.Random(number)
    photo = Image.frombytes("RGB", (24, 16), rng.randbytes(24 * 16 * 3)).resize((360, 240))
    out = io.BytesIO()
    photo.save(out, "JPEG", icc_profile=PROFILE)
    out.seek(0)
    return out


class ContactSheet:
    size = (72, 48)

    def __init__(self):
        self.pictures = []

    def add(self, file):
        with Image.open(file) as photo:
            self.pictures.append(self.reduce(photo))

    def reduce(self, photo):
        return photo.resize(self.size)

    def paste(self, across=10):
        width, height = self.size
        down = -(-len(self.pictures) // across)
        sheet = Image.new("RGB", (width * across, height * down))
        for place, picture in enumerate(self.pictures):
            sheet.paste(picture, (place % across * width, place // across * height))
        return sheet


class BareContactSheet(ContactSheet):
    def reduce(self, photo):
        picture = super().reduce(photo)
        picture.info.clear()
        return picture


def develop(kind):
    sheet = kind()
    for number in range(130):
        sheet.add(shoot(number))
    pasted = sheet.paste()
    print(pasted.size, pasted.resize((1, 1)).getpixel((0, 0)))
    return sheet


@case("ss 17 contact sheet")
class _:
    def bad():
        return develop(ContactSheet)

    def good():
        return develop(BareContactSheet)


if __name__ == "__main__":
    kept = run()
