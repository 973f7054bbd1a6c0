import random
from collections import Counter

from PIL import Image

from harness import case, fixture, run

WIDTH, HEIGHT = 1_500, 1_200


def build(path):
    rng = random.Random(1313)
    inks = [bytes((rng.randrange(256), rng.randrange(256), rng.randrange(256))) for _ in range(160)]
    rows = bytearray()
    for row in range(HEIGHT):
        band = inks[row // 30 % 40:][:7]
        rows += b"".join(band[column // 90 % len(band)] for column in range(WIDTH))
    Image.frombytes("RGB", (WIDTH, HEIGHT), bytes(rows)).save(path, format="PNG", compress_level=1)


class InkReport:
    """How much of each ink the press needs for a poster."""

    def __init__(self, path):
        self.path = path
        self.area = {}

    def measure(self):
        with Image.open(self.path) as poster:
            for colour, count in self.coverage(poster.convert("RGB")):
                self.area[colour] = count

    def coverage(self, poster):
        pixels = poster.get_flattened_data()
        return Counter(pixels).most_common()

    def heaviest(self, count):
        return sorted(self.area.items(), key=lambda item: (-item[1], item[0]))[:count]


class PaletteInkReport(InkReport):
    def coverage(self, poster):
        return [(colour, count) for count, colour in poster.getcolors(maxcolors=WIDTH * HEIGHT)]


def quote(kind, path):
    report = kind(path)
    report.measure()
    total = sum(report.area.values())
    shares = [f"#{red:02x}{green:02x}{blue:02x} {count / total:.4f}"
              for (red, green, blue), count in report.heaviest(4)]
    print(len(report.area), "inks;", ", ".join(shares))
    return report


@case("rr 13 poster inks")
class _:
    def setup():
        _.path = fixture("rr_poster.png", build)

    def bad():
        return quote(InkReport, _.path)

    def good():
        return quote(PaletteInkReport, _.path)


if __name__ == "__main__":
    kept = run()
