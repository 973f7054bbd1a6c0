"""Make a contact sheet and a colour report of the photos of a shoot."""
import os
import tempfile

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 2000, 1500
THUMB = (160, 120)
N_PHOTOS = 14
PER_ROW = 5


def write_photo(path, k):
    x = np.linspace(0, 200, WIDTH, dtype=np.float32).astype(np.uint8)
    y = np.linspace(0, 55, HEIGHT, dtype=np.float32).astype(np.uint8)
    pixels = np.empty((HEIGHT, WIDTH, 3), dtype=np.uint8)
    pixels[:, :, 0] = x[None, :]
    pixels[:, :, 1] = y[:, None] + 10 * k
    pixels[:, :, 2] = 255 - x[None, :]
    Image.fromarray(pixels).save(path, compress_level=1)


def write_shoot(folder):
    for k in range(N_PHOTOS):
        write_photo(os.path.join(folder, f"img_{k:03d}.png"), k)


def load_photo(path):
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def load_shoot(folder):
    names = sorted(os.listdir(folder))
    for name in names:
        yield name, make_thumb(load_photo(os.path.join(folder, name)))


def make_thumb(pixels):
    return np.asarray(Image.fromarray(pixels).resize(THUMB, Image.Resampling.BILINEAR))


def contact_sheet(thumbs):
    rows = -(-len(thumbs) // PER_ROW)
    sheet = np.zeros((rows * THUMB[1], PER_ROW * THUMB[0], 3), dtype=np.uint8)
    for i, thumb in enumerate(thumbs):
        r, c = divmod(i, PER_ROW)
        sheet[r * THUMB[1]:(r + 1) * THUMB[1], c * THUMB[0]:(c + 1) * THUMB[0]] = thumb
    return sheet


def main():
    with tempfile.TemporaryDirectory() as folder:
        write_shoot(folder)
        names, thumbs = zip(*load_shoot(folder))
        sheet = contact_sheet(thumbs)
    print("sheet", sheet.shape, "sum", int(sheet.sum()))
    for name, thumb in zip(names[::3], thumbs[::3]):
        print(name, [round(float(m), 2) for m in thumb.mean(axis=(0, 1))])


if __name__ == "__main__":
    main()
