"""Turns the raw marks of an exam into standard scores: mean and spread of each paper first, then each candidate."""
import csv
import itertools
import math
from typing import NamedTuple

from harness import case, run

PAPERS = ["algebra", "optics", "grammar", "geography", "drawing"]


class Mark(NamedTuple):
    candidate: str
    paper: str
    centre: str
    points: float


def lines(count):
    """The text of the marks file."""
    for i in range(count):
        paper = PAPERS[i % 5]
        points = 20 + (i * 7919 + i // 13) % 700 / 10 + (i % 5) * 1.5
        yield f"C{i // 5:06d},{paper},centre {i % 83:03d},{points:.1f}\n"


class MarkFile:
    def __init__(self, count):
        self.count = count
        self.papers = {name: name for name in PAPERS}

    def __iter__(self):
        for candidate, paper, centre, points in csv.reader(lines(self.count)):
            yield Mark(candidate, self.papers[paper], centre, float(points))


class Moments:
    """Mean and standard deviation of values as they come (Welford)."""
    __slots__ = ("n", "mean", "squares")

    def __init__(self):
        self.n, self.mean, self.squares = 0, 0.0, 0.0

    def take(self, value):
        self.n += 1
        step = value - self.mean
        self.mean += step / self.n
        self.squares += step * (value - self.mean)

    @property
    def spread(self):
        return math.sqrt(self.squares / (self.n - 1))


def both(marks):
    """The marks for each of the two passes."""
    return itertools.tee(marks)


def each(marks):
    return iter(marks), iter(marks)


def calibrate(marks):
    scales = {paper: Moments() for paper in PAPERS}
    for mark in marks:
        scales[mark.paper].take(mark.points)
    return scales


def standard(marks, scales):
    for mark in marks:
        scale = scales[mark.paper]
        yield mark.candidate, mark.centre, 50 + 10 * (mark.points - scale.mean) / scale.spread


def candidates(scores):
    for candidate, rows in itertools.groupby(scores, key=lambda row: row[0]):
        rows = list(rows)
        yield candidate, rows[0][1], sum(row[2] for row in rows) / len(rows)


def exam(passes):
    first, second = passes(MarkFile(320_000))
    scales = calibrate(first)
    for paper, scale in scales.items():
        print(f"{paper:10} {scale.mean:.3f} {scale.spread:.3f}")
    honours, best = 0, ("", "", 0.0)
    for row in candidates(standard(second, scales)):
        honours += row[2] >= 55
        best = max(best, row, key=lambda r: r[2])
    print("honours", honours)
    print(f"best {best[0]} {best[1]} {best[2]:.3f}")
    return scales


@case("af 08 exam marks")
class _:
    def bad():
        return exam(both)

    def good():
        return exam(each)


if __name__ == "__main__":
    kept = run()
