import random
from zlib import crc32

from flask import Flask, current_app, g
from harness import case, run


def create_app():
    app = Flask("labels")
    app.config.update(LABEL_WIDTH=480, LABEL_HEIGHT=700)
    return app


def draw(order):
    rng = random.Random(606 + order)
    width, height = current_app.config["LABEL_WIDTH"], current_app.config["LABEL_HEIGHT"]
    g.order = order
    g.sheet = bytearray(width * height)
    for _ in range(200):
        start = rng.randrange(len(g.sheet) - width)
        g.sheet[start:start + width] = bytes([rng.randrange(256)]) * width
    return g.sheet


def stamp(sheet):
    return crc32(sheet) ^ g.order


class Printer:
    """Takes the orders off the line and prints a label for each."""

    def __init__(self, app):
        self.app = app
        self.printed = 0
        self.check = 0

    def print_label(self, order):
        self.app.app_context().push()
        self.finish(stamp(draw(order)))

    def finish(self, code):
        self.printed += 1
        self.check ^= code


class ScopedPrinter(Printer):
    def print_label(self, order):
        with self.app.app_context():
            self.finish(stamp(draw(order)))


def morning(kind):
    printer = kind(create_app())
    for order in range(240):
        printer.print_label(order)
    print("printed", printer.printed, printer.check)
    return printer


@case("ss 06 label printing")
class _:
    def bad():
        return morning(Printer)

    def good():
        return morning(ScopedPrinter)


if __name__ == "__main__":
    kept = run()
