import random
import zlib
from contextlib import closing

from harness import case, run

BRANCHES = ("Aalst", "Brugge", "Dinant", "Eupen", "Ghent")


def archive(number, bookings=16_000):
    """A day of one branch as its till sends it: a heading, then the bookings."""
    rng = random.Random(900 + number)
    block = rng.randbytes(60).hex()
    lines = [f"{BRANCHES[number % 5]};2024-{number % 12 + 1:02d}-01;{bookings}"]
    lines += [f"{booking:06d};{booking * 37 % 9_000};{block[booking % 80:booking % 80 + 40]}"
              for booking in range(bookings)]
    return zlib.compress("\n".join(lines).encode(), 1)


def unpacked(packed):
    text = zlib.decompress(packed)
    start = 0
    while start < len(text):
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end].decode()
        start = end + 1


class DayFile:
    """What the intake desk needs to know of a file before anyone books it."""

    def __init__(self, packed):
        self.size = len(packed)
        self.lines = unpacked(packed)
        self.read_heading(next(self.lines))

    def read_heading(self, heading):
        branch, day, bookings = heading.split(";")
        self.branch = branch
        self.day = day
        self.bookings = int(bookings)


class HeadingFile(DayFile):
    def __init__(self, packed):
        self.size = len(packed)
        with closing(unpacked(packed)) as lines:
            self.read_heading(next(lines))


class IntakeDesk:
    def __init__(self, file_type):
        self.file_type = file_type
        self.queue = []

    def deliver(self, packed):
        self.queue.append(self.file_type(packed))

    def overview(self):
        waiting = dict.fromkeys(BRANCHES, 0)
        for file in self.queue:
            waiting[file.branch] += file.bookings
        print(waiting, sum(file.size for file in self.queue) > 0)
        return self


def morning(file_type):
    desk = IntakeDesk(file_type)
    for number in range(80):
        desk.deliver(archive(number))
    return desk.overview()


@case("rr 09 ledger intake")
class _:
    def bad():
        return morning(DayFile)

    def good():
        return morning(HeadingFile)


if __name__ == "__main__":
    kept = run()
