"""Journal of a build farm: log messages are put into columns, filtered and counted by severity and machine."""
from collections import Counter

import numpy as np

from harness import case, run

LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"]
ACTIONS = ["compiled", "linked", "fetched", "tested", "packed", "uploaded"]


def traceback_text(i):
    frames = [f'  File "/srv/build/job{i}/step{n}.py", line {n * 13 + 7}, in step_{n}' for n in range(7)]
    return "ERROR machine-03 failed\nTraceback (most recent call last):\n" + "\n".join(frames)


def entries(count):
    for i in range(count):
        if i == count // 2:
            yield i * 3, traceback_text(i)
        else:
            level = LEVELS[(i * 7 + i // 5) % 4]
            yield i * 3, f"{level} machine-{i % 17:02d} {ACTIONS[i % 6]} unit{i * 31 % 5003}"


class Column:
    """A growing column of texts, closed into an array when it is full."""
    TYPE = None

    def __init__(self):
        self.pending = []

    def append(self, text):
        self.pending.append(text)

    def close(self):
        values = np.array(self.pending, dtype=self.TYPE)
        self.pending = []
        return values


class TextColumn(Column):
    TYPE = np.dtypes.StringDType()


class Journal:
    def __init__(self, column, block):
        self.column = column
        self.block = block
        self.blocks = []

    def load(self, source):
        texts, stamps = self.column(), []
        for stamp, message in source:
            stamps.append(stamp)
            texts.append(message)
            if len(stamps) == self.block:
                self.seal(stamps, texts)
                stamps = []
        if stamps:
            self.seal(stamps, texts)

    def seal(self, stamps, texts):
        self.blocks.append((np.array(stamps, dtype=np.uint32), texts.close()))

    def count(self, prefix):
        return sum(int(np.strings.startswith(texts, prefix).sum()) for _, texts in self.blocks)

    def containing(self, needle, limit=3):
        found = []
        for stamps, texts in self.blocks:
            found.extend(stamps[np.strings.find(texts, needle) >= 0].tolist())
        return len(found), found[:limit]

    def machines(self):
        busy = Counter()
        for _, texts in self.blocks:
            busy.update(message.split(" ", 2)[1] for message in texts.tolist()[::40])
        return busy.most_common(2)


def farm(column):
    journal = Journal(column, block=100_000)
    journal.load(entries(200_000))
    for level in LEVELS:
        print(level, journal.count(level))
    print("linked unit77", *journal.containing("linked unit77"))
    print("trace", *journal.containing("Traceback"))
    print("busy", journal.machines())
    return journal


@case("af 13 message journal")
class _:
    def bad():
        return farm(Column)

    def good():
        return farm(TextColumn)


if __name__ == "__main__":
    kept = run()
