"""Read quality control: profile of a FASTQ file first, then a filter whose threshold comes from the profile."""
import hashlib
import os
import random
import sys
import tempfile
from collections import Counter
from itertools import tee

DIR = os.path.join(tempfile.gettempdir(), "memory-cases")
READS = os.path.join(DIR, "tt-lane1.fastq")
LENGTH = 150


def write_reads():
    rng = random.Random(31)
    genome = "".join(rng.choices("ACGT", k=400_000))
    qualities = "".join(chr(33 + q) for q in range(2, 41))
    with open(READS + ".part", "w") as out:
        for number in range(110_000):
            at = rng.randrange(len(genome) - LENGTH)
            low = rng.randrange(0, 30)
            quality = "".join(rng.choices(qualities[low:], k=LENGTH))
            out.write("@lane1:%d:%d:%d\n%s\n+\n%s\n" % (number, rng.randrange(2000), rng.randrange(20000),
                                                      genome[at:at + LENGTH], quality))
    os.rename(READS + ".part", READS)


def prepare():
    os.makedirs(DIR, exist_ok=True)
    pid = os.fork()
    if pid == 0:
        if not os.path.exists(READS):
            write_reads()
        os._exit(0)
    os.waitpid(pid, 0)


class Read:
    __slots__ = ("name", "bases", "quality")

    def __init__(self, name, bases, quality):
        self.name = name
        self.bases = bases
        self.quality = quality

    def score(self):
        return sum(self.quality.encode()) / len(self.quality) - 33


def parse(path):
    with open(path) as handle:
        for line in handle:
            bases = next(handle)
            next(handle)
            yield Read(line[1:-1], bases[:-1], next(handle)[:-1])


class Source:
    """Hands out the passes that the stages ask for."""

    def __init__(self, path):
        self.path = path

    def passes_bad(self):
        first, second = tee(parse(self.path))
        return first, second

    def passes_good(self):
        return parse(self.path), parse(self.path)


class Profile:
    def __init__(self):
        self.scores = Counter()
        self.gc = Counter()
        self.reads = 0

    def consume(self, reads):
        for read in reads:
            self.reads += 1
            self.scores[int(read.score())] += 1
            self.gc[(read.bases.count("G") + read.bases.count("C")) * 20 // len(read.bases)] += 1
        return self

    def quantile(self, share):
        seen = 0
        for score in sorted(self.scores):
            seen += self.scores[score]
            if seen >= share * self.reads:
                return score


def kept(reads, threshold):
    for read in reads:
        if read.score() >= threshold and "AAAAAAAA" not in read.bases:
            yield read


def run(source, arm):
    first, second = source.passes_bad() if arm == "bad" else source.passes_good()
    profile = Profile().consume(first)
    threshold = profile.quantile(0.4)
    check, count = hashlib.sha1(), 0
    for read in kept(second, threshold):
        check.update(read.bases.encode())
        count += 1
    return profile, threshold, count, check.hexdigest()[:10]


def main(arm):
    prepare()
    profile, threshold, count, check = run(Source(READS), arm)
    print("reads", profile.reads, "threshold", threshold, "kept", count, check, "gc", profile.gc.most_common(2))
    return profile


if __name__ == "__main__":
    STATE = main(sys.argv[1])
