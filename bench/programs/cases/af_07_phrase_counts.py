"""Counts pairs of words over the volumes of an archive, several volumes at a time, and prints the commonest."""
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed

from harness import case, run

SYLLABLES = ["ba", "ko", "ri", "mu", "tel", "san", "dor", "vi", "lan", "ge", "pu", "fa"]


def word(n):
    out = []
    while True:
        out.append(SYLLABLES[n % 12])
        n //= 12
        if not n:
            return "".join(out)


class Archive:
    def __init__(self, volumes, length):
        self.volumes = volumes
        self.length = length

    def words(self, volume):
        state = volume * 2654435761 % 4294967296 + 1
        for _ in range(self.length):
            state = (state * 1103515245 + 12345) % 2147483648
            yield word((state >> 8) % 900 if state & 64 else (state >> 8) % 30)


def pairs(archive, volume):
    """Pairs of neighbouring words in a volume, with their frequency."""
    found = Counter()
    before = ""
    for text in archive.words(volume):
        found[f"{before} {text}"] += 1
        before = text
    return found


class Totals:
    def __init__(self, keep):
        self.common = Counter()
        self.keep = keep
        self.volumes = []

    def add(self, volume, found):
        self.volumes.append((volume, len(found), sum(found.values())))
        for phrase, times in found.items():
            if times >= self.keep:
                self.common[phrase] += times

    def lines(self):
        for phrase, times in sorted(self.common.items(), key=lambda p: (-p[1], p[0]))[:6]:
            yield f"{times:6d} {phrase}"
        yield f"volumes {len(self.volumes)} different {sum(v[1] for v in self.volumes)}"
        yield f"words {sum(v[2] for v in self.volumes)}"


class Survey:
    def __init__(self, archive, totals):
        self.archive = archive
        self.totals = totals
        self.tasks = {}

    def claim(self, task):
        return self.tasks[task]

    def run(self, workers=2):
        started = time.perf_counter()
        with ThreadPoolExecutor(workers) as pool:
            for volume in range(self.archive.volumes):
                self.tasks[pool.submit(pairs, self.archive, volume)] = volume
            for task in as_completed(list(self.tasks)):
                volume = self.claim(task)
                self.totals.add(volume, task.result())
        return time.perf_counter() - started


class ClaimingSurvey(Survey):
    def claim(self, task):
        return self.tasks.pop(task)


def survey(kind):
    totals = Totals(keep=6)
    kind(Archive(volumes=48, length=16_000), totals).run()
    print("\n".join(totals.lines()))
    return totals


@case("af 07 phrase counts")
class _:
    def bad():
        return survey(Survey)

    def good():
        return survey(ClaimingSurvey)


if __name__ == "__main__":
    kept = run()
