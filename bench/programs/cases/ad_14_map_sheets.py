"""Map server: keeps rendered sheets so that neighbours of a view come quickly."""
import random
import zlib

from cachetools import LRUCache

from harness import case, run

REQUESTS = 9_000
SHEETS = 2_600
BUDGET = 24 * 1024 * 1024


class SheetRenderer:
    def render(self, sheet):
        tile = random.Random(sheet).randbytes(2_048)
        return tile * (18 + sheet % 9)


class SheetCache:
    """Rendered sheets, newest first, within the memory budget of the server."""

    def __init__(self, budget):
        self.sheets = self.create(budget)

    def create(self, budget):
        return LRUCache(maxsize=budget)

    def get(self, sheet, render):
        try:
            return self.sheets[sheet]
        except KeyError:
            image = render(sheet)
            self.sheets[sheet] = image
            return image


class MeasuredSheetCache(SheetCache):
    def create(self, budget):
        return LRUCache(maxsize=budget, getsizeof=len)


class MapServer:
    def __init__(self, cache):
        self.cache = cache
        self.renderer = SheetRenderer()
        self.sent = self.check = 0

    def answer(self, sheet):
        image = self.cache.get(sheet, self.renderer.render)
        self.sent += len(image)
        self.check = zlib.crc32(image[:256], self.check)


class Visitors:
    """People pan around: most requests stay close to the one before."""

    def __init__(self, seed=2):
        self.rng = random.Random(seed)

    def requests(self, count):
        sheet = 0
        for _ in range(count):
            if self.rng.random() < 0.35:
                sheet = self.rng.randrange(SHEETS)
            else:
                sheet = (sheet + self.rng.choice((-1, 1))) % SHEETS
            yield sheet


def serve(cache):
    server = MapServer(cache)
    for sheet in Visitors().requests(REQUESTS):
        server.answer(sheet)
    print(f"{REQUESTS} requests, {server.sent} bytes, check {server.check:08x}")
    return server


@case("ad 14 map sheets")
class _:
    def bad():
        return serve(SheetCache(BUDGET))

    def good():
        return serve(MeasuredSheetCache(BUDGET))


if __name__ == "__main__":
    kept = run()
