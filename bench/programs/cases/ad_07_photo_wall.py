"""Makes the preview wall of a photo archive from full-size camera pictures."""
from dataclasses import dataclass

from PIL import Image

from harness import case, fixture, run

Image.MAX_IMAGE_PIXELS = None
CARD = (360, 270)
PICTURES = 3


def camera_picture(turn):
    def build(path):
        ramp = Image.linear_gradient("L").rotate(turn * 90)
        picture = Image.merge("RGB", (ramp, ramp.rotate(90), ramp.rotate(180)))
        picture = picture.resize((6400, 4800), Image.Resampling.BICUBIC)
        picture.save(path, "JPEG", quality=85)
    return build


@dataclass
class Card:
    name: str
    original: tuple
    picture: Image.Image

    def tone(self):
        grey = self.picture.resize((1, 1), Image.Resampling.BOX).convert("L")
        return "dark" if grey.getpixel((0, 0)) < 90 else "light"


class CardMaker:
    def __init__(self, size):
        self.size = size

    def make(self, name, path):
        with Image.open(path) as picture:
            original = picture.size
            self.prepare(picture)
            small = picture.resize(self.size, Image.Resampling.LANCZOS)
        return Card(name, original, small)

    def prepare(self, picture):
        pass


class QuickCardMaker(CardMaker):
    def prepare(self, picture):
        width, height = self.size
        picture.draft("RGB", (width * 2, height * 2))


class PhotoWall:
    def __init__(self, maker):
        self.maker = maker
        self.cards = []

    def hang(self, pictures):
        for name, path in pictures:
            self.cards.append(self.maker.make(name, path))

    def caption(self):
        parts = [f"{c.name} {c.original[0]}x{c.original[1]} to {c.picture.width}x{c.picture.height} {c.tone()}"
                 for c in self.cards]
        return "; ".join(parts)


def show(maker):
    pictures = [(f"P{n:02d}", fixture(f"ad_07_picture_{n}.jpg", camera_picture(n)))
                for n in range(PICTURES)]
    wall = PhotoWall(maker)
    wall.hang(pictures)
    print(wall.caption())
    return wall


@case("ad 07 photo wall")
class _:
    def bad():
        return show(CardMaker(CARD))

    def good():
        return show(QuickCardMaker(CARD))


if __name__ == "__main__":
    kept = run()
