"""Finds hours at which the load of a grid looked like a given week."""
import numpy as np

from harness import case, run

WEEK = 168


def grid_load(hours):
    rng = np.random.default_rng(12)
    clock = np.arange(hours)
    daily = np.sin(clock / 24 * 2 * np.pi)
    weekly = np.where((clock // 24) % 7 < 5, 1.0, 0.7)
    return 50 + 12 * daily * weekly + rng.normal(0, 2, hours)


class PatternIndex:
    """Every stretch of a week in the series, by the hour at which it starts."""

    def __init__(self, series):
        self.series = series
        self.stretches = self.cut(series)

    def cut(self, series):
        return np.lib.stride_tricks.sliding_window_view(series, WEEK)

    def nearest(self, pattern, count=5, size=2048):
        scores = []
        for start in range(0, len(self.stretches), size):
            part = self.stretches[start:start + size]
            scores.append(np.abs(part - pattern).mean(axis=1))
        scores = np.concatenate(scores)
        return np.argsort(scores)[:count]

    def peaks(self):
        return float(self.stretches.max(axis=1).mean())


class GatheredPatternIndex(PatternIndex):
    def cut(self, series):
        hours = len(series) - WEEK + 1
        stretches = np.empty((hours, WEEK))
        for start in range(hours):
            stretches[start] = series[start:start + WEEK]
        return stretches


def compare(index_class, hours=90_000):
    series = grid_load(hours)
    index = index_class(series)
    hits = []
    for start in (1000, 30_000, 61_234):
        hits.extend(int(hour) for hour in index.nearest(series[start:start + WEEK]))
    print(f"nearest {hits} mean peak {index.peaks():.4f}")
    return index


@case("xx 12 load patterns")
class _:
    def bad():
        return compare(GatheredPatternIndex)

    def good():
        return compare(PatternIndex)


if __name__ == "__main__":
    kept = run()
