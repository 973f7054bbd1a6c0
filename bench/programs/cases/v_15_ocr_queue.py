"""Document OCR queue: reads scanned pages, finds text lines on each and collects the statistics."""
import os
import random
import re
import sys
import tempfile
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

ARM = sys.argv[1]
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
SCANS = os.path.join(FOLDER, "ww-scans.bin")
WIDTH, HEIGHT = 620, 380
PAGE = WIDTH * HEIGHT
PAGES = 420


def make_scans(path):
    rnd = random.Random(2718)
    with open(path + ".part", "wb") as out:
        for _ in range(PAGES):
            rows = []
            while len(rows) < HEIGHT:
                paper = bytes(rnd.choices(range(225, 256), k=64))
                for _ in range(rnd.randint(4, 9)):
                    rows.append(bytearray(paper * (WIDTH // 64 + 1))[:WIDTH])
                for _ in range(rnd.randint(6, 12)):
                    row = bytearray(paper * (WIDTH // 64 + 1))[:WIDTH]
                    for _ in range(rnd.randint(8, 30)):
                        at, wide = rnd.randrange(WIDTH - 20), rnd.randint(2, 12)
                        row[at:at + wide] = rnd.randbytes(wide).translate(bytes(v // 4 for v in range(256)))
                    rows.append(row)
            out.write(b"".join(rows[:HEIGHT]))
    os.rename(path + ".part", path)


def ensure(path, maker):
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(path):
        child = os.fork()
        if child == 0:
            maker(path)
            os._exit(0)
        os.waitpid(child, 0)


@dataclass(slots=True)
class PageResult:
    number: int
    lines: int
    glyphs: int
    ink: int


INK = re.compile(rb"[\x00-\x50]{2,}")


def find_lines(pixels):
    """Rows with ink, folded to runs of neighbouring rows."""
    lines, inside, glyphs, ink = 0, False, 0, 0
    for top in range(0, PAGE, WIDTH):
        runs = INK.findall(pixels, top, top + WIDTH)
        glyphs += len(runs)
        ink += sum(map(len, runs))
        lines += bool(runs) and not inside
        inside = bool(runs)
    return lines, glyphs, ink


def recognise(job):
    number, pixels = job
    return PageResult(number, *find_lines(pixels))


def dispatch_bad(pool, pages):
    yield from pool.map(recognise, pages)


def dispatch_good(pool, pages):
    waiting = deque()
    for page in pages:
        waiting.append(pool.submit(recognise, page))
        if len(waiting) >= 2:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


dispatch = dispatch_bad if ARM == "bad" else dispatch_good


class ScanFile:
    def __init__(self, path):
        self.path = path

    def pages(self):
        with open(self.path, "rb") as scans:
            for number in range(os.path.getsize(self.path) // PAGE):
                yield number, scans.read(PAGE)


class Queue:
    def __init__(self, workers):
        self.workers = workers
        self.per_lines = Counter()
        self.glyphs = 0
        self.ink = 0

    def run(self, source):
        with ThreadPoolExecutor(self.workers) as pool:
            for result in dispatch(pool, source.pages()):
                self.per_lines[result.lines] += 1
                self.glyphs += result.glyphs
                self.ink += result.ink


ensure(SCANS, make_scans)
QUEUE = Queue(workers=1)
QUEUE.run(ScanFile(SCANS))
print("pages", sum(QUEUE.per_lines.values()), "glyphs", QUEUE.glyphs, "ink", QUEUE.ink,
      "common", QUEUE.per_lines.most_common(3))
