"""Count reads per transcript and depth of coverage, one process task per chromosome."""
import multiprocessing
from collections import Counter

import numpy as np

LENGTHS = {f"chr{k + 1}": 1_900_000 - k * 55_000 for k in range(20)}
READS = 5000
BINS = (1, 2, 4, 8, 16)


def simulate_reads(chromosome):
    """Start, length and transcript of the reads of a chromosome."""
    rng = np.random.default_rng(int(chromosome[3:]))
    starts = rng.integers(0, LENGTHS[chromosome] - 3000, READS)
    spans = rng.integers(300, 3000, READS)
    transcripts = rng.zipf(1.6, READS) % 400
    return starts, spans, transcripts


def process_chromosome(chromosome):
    starts, spans, transcripts = simulate_reads(chromosome)
    change = np.zeros(LENGTHS[chromosome] + 1, dtype=np.int32)
    np.add.at(change, starts, 1)
    np.add.at(change, starts + spans, -1)
    depth = np.cumsum(change[:-1], dtype=np.int32)
    counter = Counter(f"{chromosome}.t{t}" for t in transcripts.tolist())
    return depth, counter


class Summary:
    def __init__(self):
        self.bases = 0
        self.covered = np.zeros(len(BINS), dtype=np.int64)
        self.deepest = 0
        self.transcripts = Counter()

    def add_depth(self, depth):
        self.bases += len(depth)
        self.deepest = max(self.deepest, int(depth.max()))
        for k, least in enumerate(BINS):
            self.covered[k] += np.count_nonzero(depth >= least)

    def add_counts(self, counter):
        self.transcripts.update(counter)

    def report(self):
        print("bases", self.bases, "deepest", self.deepest)
        for least, covered in zip(BINS, self.covered.tolist()):
            print(f"  >= {least:2}: {covered / self.bases:.4f}")
        top = sorted(self.transcripts.items(), key=lambda item: (-item[1], item[0]))[:4]
        print("transcripts", len(self.transcripts), "top", top)


def collect(chromosomes, workers=2):
    summary = Summary()
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        results = pool.imap(process_chromosome, chromosomes)
        depths, counters = zip(*results)
        for depth in depths:
            summary.add_depth(depth)
        for counter in counters:
            summary.add_counts(counter)
    return summary


def main():
    summary = collect(list(LENGTHS))
    summary.report()


if __name__ == "__main__":
    main()
