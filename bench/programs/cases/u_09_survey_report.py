"""Survey cleaner and report: income by postcode and occupation, with categories."""
import sys

import numpy as np
import pandas as pd

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
ANSWERS, POSTCODES, JOBS, WAVES = 60_000, 1_900, 900, 2


class CodeBook:
    def __init__(self, rng):
        codes = np.sort(rng.choice(90_000, POSTCODES, replace=False) + 10_000)
        self.postcodes = [f"{c:05d}" for c in codes]
        stems = ["fitter", "clerk", "nurse", "driver", "baker", "tutor", "welder", "cook"]
        self.jobs = [f"{stems[i % len(stems)]} grade {i // len(stems)}" for i in range(JOBS)]


def collect_wave(rng, book, wave):
    """One wave of answers: codes come in already as integers."""
    postcode = np.minimum(rng.exponential(350, ANSWERS), POSTCODES - 1).astype(np.int16)
    job = (JOBS * rng.random(ANSWERS) ** 2).astype(np.int16)
    income = rng.lognormal(10.2 + 0.02 * wave, 0.5, ANSWERS).astype(np.float32)
    income[rng.random(ANSWERS) < 0.05] = np.nan
    return pd.DataFrame({
        "postcode": pd.Categorical.from_codes(postcode, categories=book.postcodes),
        "job": pd.Categorical.from_codes(job, categories=book.jobs),
        "income": income,
        "age": rng.integers(18, 90, ANSWERS, dtype=np.int8),
    })


class Cleaner:
    def __init__(self, low, high):
        self.low, self.high = low, high

    def clean(self, frame):
        keep = frame["income"].between(self.low, self.high) & (frame["age"] < 75)
        return frame[keep].reset_index(drop=True)


class CellTable:
    """Aggregates by postcode and occupation; small cells are suppressed."""

    keys = ["postcode", "job"]

    def __init__(self, minimum):
        self.minimum = minimum

    def _cells_bad(self, frame):
        groups = frame.groupby(self.keys, observed=False)
        return groups["income"].agg(["count", "mean"])

    def _cells_good(self, frame):
        groups = frame.groupby(self.keys, observed=True)
        return groups["income"].agg(["count", "mean"])

    def build(self, frame):
        cells = self._cells_bad(frame) if ARM == "bad" else self._cells_good(frame)
        return cells[cells["count"] >= self.minimum]


class Report:
    def __init__(self, table):
        self.table = table
        self.lines = []

    def add_wave(self, wave, frame):
        cells = self.table.build(frame)
        best = cells["mean"].sort_values(ascending=False, kind="stable").index[0]
        self.lines.append(
            f"wave={wave} answers={len(frame)} cells={len(cells)} "
            f"inside={int(cells['count'].sum())} mean={cells['mean'].mean():.1f} "
            f"best={best[0]}/{best[1]}")

    def age_bands(self, frame):
        bands = pd.cut(frame["age"], [17, 30, 45, 60, 75])
        means = frame.groupby(bands, observed=True)["income"].mean()
        self.lines.append(" ".join(f"{b.right}:{m:.0f}" for b, m in means.items()))


def main():
    rng = np.random.default_rng(41)
    book = CodeBook(rng)
    cleaner = Cleaner(5_000, 200_000)
    report = Report(CellTable(minimum=3))
    for wave in range(WAVES):
        frame = cleaner.clean(collect_wave(rng, book, wave))
        report.add_wave(wave, frame)
        report.age_bands(frame)
    print("\n".join(report.lines))
    return report


REPORT = main()
