import hashlib
import os

from PIL import Image

from harness import case, fixture, run

THUMB = (200, 150)


def build(path):
    os.mkdir(path)
    for n in range(24):
        gradient = Image.linear_gradient("L").resize((1600, 1200)).rotate(n * 15)
        photo = Image.merge("RGB", (gradient, gradient.transpose(Image.Transpose.ROTATE_180), gradient))
        photo.save(os.path.join(path, "photo-%02d.jpg" % n), quality=85)


def photos():
    folder = fixture("mm20-photos", build)
    for name in sorted(os.listdir(folder)):
        with Image.open(os.path.join(folder, name)) as photo:
            yield photo.convert("RGB")


def contact_sheet(pictures):
    sheet = Image.new("RGB", (THUMB[0] * 6, THUMB[1] * 4))
    for n, picture in enumerate(pictures):
        if picture.size != THUMB:
            picture = picture.resize(THUMB)
        sheet.paste(picture, (n % 6 * THUMB[0], n // 6 * THUMB[1]))
    print("sheet", len(pictures), hashlib.md5(sheet.tobytes()).hexdigest()[:12])


@case("mm 20 photo gallery")
class _:
    def bad():
        pictures = []
        for photo in photos():
            pictures.append(photo)
        contact_sheet(pictures)
        return pictures

    def good():
        pictures = []
        for photo in photos():
            pictures.append(photo.resize(THUMB))
        contact_sheet(pictures)
        return pictures


if __name__ == "__main__":
    kept = run()
