"""Builds the "new acquisitions" shelf list from a MARC-like union catalogue dump."""
import os
import random
import sys
import tempfile

ARM = sys.argv[1]
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
DUMP = os.path.join(FOLDER, "ww-marc.dat")
BLOCK = 1 << 18
END_FIELD, END_RECORD = b"\x1e", b"\x1d"


def make_dump(path):
    rnd = random.Random(77)
    syllables = ["ka", "ro", "mi", "ten", "sol", "ber", "lin", "ard", "us", "ex", "or", "vel", "na", "qui"]
    vocabulary = ["".join(rnd.choices(syllables, k=rnd.randint(1, 4))) for _ in range(9000)]
    running = rnd.choices(vocabulary, k=60000)

    def phrase(low, high):
        start = rnd.randrange(len(running) - high)
        return " ".join(running[start:start + rnd.randint(low, high)])

    with open(path + ".part", "wb") as out:
        for number in range(56000):
            fields = [("001", "ocm%08d" % number),
                      ("008", "%02d%02d%02d" % (rnd.randint(0, 24), rnd.randint(1, 12), rnd.randint(1, 28))),
                      ("020", "978%010d" % rnd.randrange(10 ** 10)),
                      ("100", phrase(2, 3).title()), ("245", phrase(3, 11).capitalize()),
                      ("520", phrase(60, 220)), ("650", phrase(2, 6))]
            directory, body, start = [], [], 0
            for tag, value in fields:
                data = value.encode() + END_FIELD
                directory.append(("%s%05d%06d" % (tag, len(data), start)).encode())
                body.append(data)
                start += len(data)
            head = b"".join(directory) + END_FIELD
            out.write(b"%05d%05d" % (10 + len(head) + start, 10 + len(head)) + head + b"".join(body) + END_RECORD)
    os.rename(path + ".part", path)


def ensure(path, maker):
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(path):
        child = os.fork()
        if child == 0:
            maker(path)
            os._exit(0)
        os.waitpid(child, 0)


class Record:
    """Lazy view of one record: fields are looked up in the directory on demand."""

    def __init__(self, view):
        self.view = view
        self.base = int(bytes(view[5:10]))

    def _entries(self):
        for at in range(10, self.base - 1, 14):
            entry = bytes(self.view[at:at + 14])
            yield entry[:3], int(entry[3:8]), int(entry[8:14])

    def field(self, wanted):
        for tag, length, start in self._entries():
            if tag == wanted:
                return self.view[self.base + start:self.base + start + length - 1]
        return None


class DumpReader:
    def __init__(self, path):
        self.path = path

    def __iter__(self):
        carry = b""
        with open(self.path, "rb") as dump:
            while block := dump.read(BLOCK):
                block = carry + block
                last = block.rfind(END_RECORD) + 1
                carry = block[last:]
                yield from self._split(block, last)

    @staticmethod
    def _split(block, last):
        whole, at = memoryview(block), 0
        while at < last:
            stop = block.index(END_RECORD, at)
            yield Record(whole[at:stop])
            at = stop + 1


class ShelfList:
    def __init__(self):
        self.by_isbn = {}

    def key_bad(self, record):
        return record.field(b"020"), record.field(b"245")

    def key_good(self, record):
        return bytes(record.field(b"020")), bytes(record.field(b"245"))

    key = key_bad if ARM == "bad" else key_good

    def offer(self, record):
        isbn, title = self.key(record)
        self.by_isbn[isbn] = title

    def check(self):
        return len(self.by_isbn), sum(len(title) for title in self.by_isbn.values())


def is_recent(record, year):
    date = bytes(record.field(b"008"))
    return int(date[:2]) == year and int(date[2:4]) in (9, 10, 11, 12)


def load(shelf, path):
    seen = 0
    for record in DumpReader(path):
        seen += 1
        if is_recent(record, 24):
            shelf.offer(record)
    return seen


ensure(DUMP, make_dump)
SHELF = ShelfList()
total = load(SHELF, DUMP)
print("records", total, "new titles", *SHELF.check())
