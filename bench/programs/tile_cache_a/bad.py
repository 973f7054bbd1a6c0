"""Smooths an elevation raster strip by strip and reports ridges."""
import functools
import os
import tempfile

import raster


class Smoother:
    """Averages every strip with its upper and lower neighbour."""

    def __init__(self, source):
        self.source = source
        self.strip = functools.lru_cache(maxsize=None)(source.read)

    def neighbours(self, index):
        last = self.source.strips - 1
        return [self.strip(i) for i in (max(index - 1, 0), index, min(index + 1, last))]

    def sample(self, index, step):
        above, here, below = self.neighbours(index)
        return [(above[x] + 2 * here[x] + below[x]) // 4
                for x in range(0, len(here), step)]


class RidgeReport:
    def __init__(self):
        self.peaks = []
        self.total = 0
        self.samples = 0

    def add(self, index, heights):
        self.total += sum(heights)
        self.samples += len(heights)
        self.peaks.append((max(heights), index))

    def mean(self):
        return self.total / self.samples

    def highest(self, count):
        return sorted(self.peaks, reverse=True)[:count]


def survey(source, step):
    smoother = Smoother(source)
    report = RidgeReport()
    for index in range(source.strips):
        report.add(index, smoother.sample(index, step))
    return report


def main():
    with tempfile.TemporaryDirectory() as tmp:
        source = raster.create(os.path.join(tmp, "dem.raw"), 4000, 32, 400)
        report = survey(source, step=97)
    print("samples", report.samples)
    print(f"mean {report.mean():.3f}")
    for height, index in report.highest(4):
        print("ridge", index, height)


if __name__ == "__main__":
    main()
