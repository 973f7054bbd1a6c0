import pickle
import tempfile
import zlib

from harness import case, run


class Journal:
    """Append-only file of state changes, one pickle after the other."""

    def __init__(self, file):
        self.file = file
        self.pickler = pickle.Pickler(file, protocol=5)
        self.entries = 0

    def append(self, entry):
        self.pickler.dump(entry)
        self.entries += 1


class SelfContainedJournal(Journal):
    def append(self, entry):
        super().append(entry)
        self.pickler.clear_memo()


class Cart:
    def __init__(self, number):
        self.number = number
        self.lines = {}

    def add(self, sku, count):
        self.lines[sku] = self.lines.get(sku, 0) + count
        return {
            "kind": "cart.add",
            "cart": "cart-%06d" % self.number,
            "sku": "sku-%05d" % sku,
            "count": count,
            "note": ("picked from shelf %d of cart %d; " % (sku % 77, self.number)) * 4,
            "total": sum(self.lines.values()),
        }


class Shop:
    def __init__(self, journal):
        self.journal = journal
        self.carts = [Cart(number) for number in range(40)]
        self.check = 0

    def handle(self, number):
        cart = self.carts[number % 40]
        entry = cart.add(number * 7 % 300, 1 + number % 3)
        self.journal.append(entry)
        self.check = zlib.crc32(entry["note"].encode(), self.check)


def serve(journal_class, requests):
    with tempfile.TemporaryFile() as file:
        shop = Shop(journal_class(file))
        for number in range(requests):
            shop.handle(number)
        print(shop.journal.entries, shop.check)
        return shop


@case("zz 07 pickle journal")
class _:
    def bad():
        return serve(Journal, 120000)

    def good():
        return serve(SelfContainedJournal, 120000)


if __name__ == "__main__":
    kept = run()
