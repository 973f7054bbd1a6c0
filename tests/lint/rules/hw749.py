# sized
from PIL import Image, ImageOps
SIZE = (128, 128)
def preview(path, size):
    with Image.open(path) as im:
        return im.resize(size, Image.Resampling.BILINEAR)  # expect: HW749
def icon(path):
    return Image.open(path).convert("RGB").resize((64, 64))  # expect: HW749
def upright(path, out):
    im = Image.open(path)
    im = ImageOps.exif_transpose(im)  # expect: HW749
    im.thumbnail(SIZE)
    im.save(out)
def small(path, out):
    image = Image.open(path).convert("RGB")  # expect: HW749
    image.thumbnail((200, 200))
    image.save(out)
def fitted(path, out, size=(320, 240)):
    with Image.open(path) as image:
        print(image.size, image.format)
        ImageOps.fit(image, size).save(out)  # expect: HW749
def drafted(path, size):
    with Image.open(path) as im:
        im.draft("RGB", size)
        return im.resize((64, 64))
def thumbnail(path, out):
    with Image.open(path) as im:
        im.thumbnail((160, 160))
        im.convert("RGB").save(out)
def large(path):
    return Image.open(path).resize((4000, 3000))
def unknown(path, factor):
    im = Image.open(path)
    return im.resize((im.width // factor, im.height // factor))
def both(path, out):
    im = Image.open(path)
    im.resize((64, 64)).save(out)
    return im
def cropped(path):
    with Image.open(path) as im:
        return im.crop((0, 0, 640, 640)).resize((64, 64))
def main():
    preview("a.jpg", (160, 110))
class Cards:
    def __init__(self, size):
        self.size = size
    def make(self, path):
        with Image.open(path) as picture:
            self.prepare(picture)
            return picture.size, picture.resize(self.size)  # expect: HW749
    def kept(self, path):
        with Image.open(path) as picture:
            self.keep(picture)
            return picture.resize(self.size)
    def prepare(self, picture):
        pass
    def keep(self, picture):
        self.last = picture
class Drafted(Cards):
    def prepare(self, picture):
        picture.draft("RGB", (picture.width // 4, picture.height // 4))
Drafted((360, 270)).make("a.jpg")
