"""A/B test analyser: daily conversion per variant over partitions of exposures."""
import datetime as dt
import sys
from collections import defaultdict

import numpy as np
import pandas as pd

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
PARTITIONS, ROWS = 40, 50_000
EPOCH = pd.Timestamp("1970-01-01")
VARIANTS = ["control", "short-form", "new-price"]


def exposures(rng, number, clock):
    """One partition of the exposure log, in order of time."""
    gaps = rng.exponential(2.2, ROWS)
    seconds = (clock + gaps.cumsum()).astype(np.int64)
    variant = rng.integers(0, 3, ROWS, dtype=np.int8)
    rate = np.float32([0.041, 0.043, 0.039])[variant]
    frame = pd.DataFrame({
        "ts": seconds.view("M8[s]"),
        "user": rng.integers(0, 400_000, ROWS, dtype=np.int32),
        "variant": pd.Categorical.from_codes(variant, categories=VARIANTS),
        "converted": rng.random(ROWS, dtype=np.float32) < rate,
    })
    return frame, int(seconds[-1])


class DayColumn:
    """Adds the calendar day of the exposure, the unit of the daily report."""

    def add_bad(self, frame):
        frame["day"] = frame["ts"].dt.date

    def add_good(self, frame):
        frame["day"] = (frame["ts"] - EPOCH).dt.days.astype("int16")

    def add(self, frame):
        self.add_bad(frame) if ARM == "bad" else self.add_good(frame)

    def label(self, day):
        if isinstance(day, dt.date):
            return day.isoformat()
        return (EPOCH + pd.Timedelta(days=int(day))).date().isoformat()


class Experiment:
    def __init__(self, name):
        self.name = name
        self.days = DayColumn()
        self.partitions = []

    def ingest(self, frame):
        self.days.add(frame)
        self.partitions.append(frame)

    def daily(self):
        table = defaultdict(lambda: [0, 0])
        for frame in self.partitions:
            groups = frame.groupby(["day", "variant"], observed=True)["converted"]
            for (day, variant), row in groups.agg(["sum", "count"]).iterrows():
                cell = table[self.days.label(day), variant]
                cell[0] += int(row["sum"])
                cell[1] += int(row["count"])
        return table


def overall(table):
    totals = {name: [0, 0] for name in VARIANTS}
    for (_, variant), (won, shown) in table.items():
        totals[variant][0] += won
        totals[variant][1] += shown
    return totals


def z_score(control, other):
    (a, n), (b, m) = control, other
    pooled = (a + b) / (n + m)
    error = (pooled * (1 - pooled) * (1 / n + 1 / m)) ** 0.5
    return (b / m - a / n) / error


def main():
    rng = np.random.default_rng(73)
    experiment = Experiment("checkout")
    clock = 1_709_251_200
    for number in range(PARTITIONS):
        frame, clock = exposures(rng, number, clock)
        experiment.ingest(frame)
    table = experiment.daily()
    totals = overall(table)
    days = sorted({day for day, _ in table})
    print(f"{experiment.name}: days={len(days)} {days[0]}..{days[-1]} "
          f"shown={sum(n for _, n in totals.values())}")
    for name in VARIANTS[1:]:
        won, shown = totals[name]
        print(f"{name}: rate={won / shown:.5f} z={z_score(totals['control'], totals[name]):.3f}")
    return experiment


EXPERIMENT = main()
