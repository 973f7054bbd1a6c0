"""A quoting service: its price book is read anew whenever the suppliers publish."""
import random

from harness import case, fixture, run

SUPPLIERS = [f"S{n}" for n in range(12)]


def price_builder(supplier):
    def build(path):
        rng = random.Random(supplier)
        with open(path, "w") as out:
            for n in range(40_000):
                out.write(f"{supplier}-{n:06d};{rng.randint(300, 90_000)}\n")
    return build


def price_file(supplier):
    return fixture(f"xx_22_{supplier}.txt", price_builder(supplier))


class PriceBook:
    def __init__(self):
        self.revision = 0
        self.prices = {}

    def read(self, supplier):
        with open(price_file(supplier)) as lines:
            return {article: int(price) + self.revision
                    for article, price in (line.split(";") for line in lines)}

    def refresh(self):
        self.revision += 1
        prices = {}
        for supplier in SUPPLIERS:
            prices[supplier] = self.read(supplier)
        self.prices = prices

    def quote(self, article):
        return self.prices[article.partition("-")[0]][article]


class RollingPriceBook(PriceBook):
    def refresh(self):
        self.revision += 1
        for supplier in SUPPLIERS:
            self.prices[supplier] = self.read(supplier)


def quotes(book, count, rng):
    for _ in range(count):
        yield book.quote(f"{rng.choice(SUPPLIERS)}-{rng.randrange(40_000):06d}")


def serve(book):
    rng, turnover = random.Random(22), 0
    for _ in range(4):
        book.refresh()
        turnover += sum(quotes(book, 20_000, rng))
    print(f"revision {book.revision}, quoted {turnover / 100:.2f}")
    return book


@case("xx 22 price book")
class _:
    def setup():
        for supplier in SUPPLIERS:
            price_file(supplier)

    def bad():
        return serve(PriceBook())

    def good():
        return serve(RollingPriceBook())


if __name__ == "__main__":
    kept = run()
