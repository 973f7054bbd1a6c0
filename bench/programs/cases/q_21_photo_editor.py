"""Core of a photo editor: a document on a canvas, commands with undo, and a session that plays a script."""
import random
import sys
import zlib

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
SIZE = (1000, 760)


def first_photo(seed):
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 255, (24, 32, 3), dtype=np.uint8)
    photo = Image.fromarray(coarse).resize(SIZE, Image.BICUBIC)
    for top in range(0, SIZE[1], 40):
        stripe = np.array(photo.crop((0, top, SIZE[0], top + 40)))
        np.minimum(stripe, 230, out=stripe)
        stripe += rng.integers(0, 25, stripe.shape, dtype=np.uint8)
        photo.paste(Image.fromarray(stripe), (0, top))
    return photo


class Command:
    def __init__(self, box):
        self.box = box

    def paint(self, canvas):
        raise NotImplementedError


class Blur(Command):
    def paint(self, canvas):
        canvas.paste(canvas.crop(self.box).filter(ImageFilter.BoxBlur(3)), self.box)


class Stamp(Command):
    def __init__(self, box, colour):
        super().__init__(box)
        self.colour = colour

    def paint(self, canvas):
        left, top, right, bottom = self.box
        ImageDraw.Draw(canvas).ellipse((left, top, right - 1, bottom - 1), fill=self.colour)


class Mirror(Command):
    def paint(self, canvas):
        canvas.paste(canvas.crop(self.box).transpose(Image.Transpose.FLIP_LEFT_RIGHT), self.box)


class History:
    def __init__(self, limit=60):
        self.limit = limit
        self.steps = []

    def remember_bad(self, canvas, command):
        self.push((canvas.copy(), (0, 0)))

    def remember_good(self, canvas, command):
        self.push((canvas.crop(command.box), command.box[:2]))

    def push(self, step):
        self.steps.append(step)
        if len(self.steps) > self.limit:
            del self.steps[0]

    def undo(self, canvas):
        patch, corner = self.steps.pop()
        canvas.paste(patch, corner)


class Document:
    def __init__(self, canvas):
        self.canvas = canvas
        self.history = History()
        self.done = self.undone = 0

    def execute(self, command):
        remember = self.history.remember_bad if ARM == "bad" else self.history.remember_good
        remember(self.canvas, command)
        command.paint(self.canvas)
        self.done += 1

    def undo(self):
        if self.history.steps:
            self.history.undo(self.canvas)
            self.undone += 1


def any_command(rng):
    width, height = rng.randrange(10, 60), rng.randrange(10, 60)
    left, top = rng.randrange(SIZE[0] - width), rng.randrange(SIZE[1] - height)
    box = (left, top, left + width, top + height)
    kind = rng.randrange(3)
    if kind == 0:
        return Blur(box)
    if kind == 1:
        return Mirror(box)
    return Stamp(box, tuple(rng.randrange(256) for _ in range(3)))


class Session:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.document = Document(first_photo(seed))

    def play(self, steps):
        for _ in range(steps):
            if self.rng.random() < 0.2:
                self.document.undo()
            else:
                self.document.execute(any_command(self.rng))


def main():
    session = Session(8)
    session.play(400)
    doc = session.document
    print("done", doc.done, "undone", doc.undone, "steps", len(doc.history.steps),
          f"crc {zlib.crc32(doc.canvas.tobytes()):08x}")
    return session


if __name__ == "__main__":
    session = main()
