"""Contact sheet of a folder of photographs."""
import hashlib
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

N_PHOTOS = 22
SIZE = (1600, 1200)
CELL = (160, 120)
COLUMNS = 6


def shoot(path, n):
    """Writes one synthetic photograph."""
    photo = Image.new("RGB", SIZE, (n * 9 % 256, n * 23 % 256, n * 51 % 256))
    pen = ImageDraw.Draw(photo)
    for k in range(12):
        x, y = (k * 131 + n * 47) % SIZE[0], (k * 97 + n * 29) % SIZE[1]
        pen.ellipse((x - 90, y - 90, x + 90, y + 90), fill=(k * 20, 255 - k * 20, n * 11 % 256))
    photo.save(path)


def load_photos(folder):
    for path in sorted(folder.glob("*.bmp")):
        with Image.open(path) as photo:
            yield photo


class ContactSheet:
    def __init__(self, count):
        rows = -(-count // COLUMNS)
        self.image = Image.new("RGB", (COLUMNS * CELL[0], rows * CELL[1]), "white")
        self.used = 0

    def place(self, thumb):
        row, column = divmod(self.used, COLUMNS)
        self.image.paste(thumb, (column * CELL[0], row * CELL[1]))
        self.used += 1

    def digest(self):
        return hashlib.sha256(self.image.tobytes()).hexdigest()[:16]


def build(folder):
    sheet = ContactSheet(N_PHOTOS)
    for photo in load_photos(folder):
        photo.thumbnail(CELL)
        sheet.place(photo)
    return sheet


def main():
    with tempfile.TemporaryDirectory() as tmp:
        folder = Path(tmp)
        for n in range(N_PHOTOS):
            shoot(folder / f"img_{n:03d}.bmp", n)
        sheet = build(folder)
    print("photos", sheet.used, "sheet", sheet.image.size)
    print("digest", sheet.digest())


if __name__ == "__main__":
    main()
