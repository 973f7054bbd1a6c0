"""Aggregates smart-meter readings into (meter, slot) energy and finds the busiest feeders."""
import os
import sys
import tempfile

import numpy as np
import pandas as pd

ARM = sys.argv[1]
FOLDER = os.path.join(tempfile.gettempdir(), "memory-cases")
READINGS = os.path.join(FOLDER, "ww-readings.csv")


def make_readings(path):
    rng = np.random.default_rng(505)
    with open(path + ".part", "w") as out:
        out.write("meter,slot,feeder,kwh\n")
        for _ in range(120):
            meters = rng.integers(0, 5200, 1500)
            slots = rng.integers(0, 1344, 1500)
            usage = rng.gamma(1.6, 0.35, 1500) + 0.001
            for meter, slot, kwh in zip(meters, slots, usage):
                out.write("SM-%06d,W%d-%s-%02d:%02d,F%03d,%.3f\n" % (
                    meter * 17, slot // 672, "mo tu we th fr sa su".split()[slot // 96 % 7],
                    slot % 96 // 4, slot % 4 * 15, meter % 83, kwh))
    os.rename(path + ".part", path)


def ensure(path, maker):
    os.makedirs(FOLDER, exist_ok=True)
    if not os.path.exists(path):
        child = os.fork()
        if child == 0:
            maker(path)
            os._exit(0)
        os.waitpid(child, 0)


class ReadingStore:
    """All readings of the fortnight, with the repeated labels as categories."""

    TYPES = {"meter": "category", "slot": "category", "feeder": "category", "kwh": "float32"}

    def __init__(self, path):
        self.frame = pd.read_csv(path, dtype=self.TYPES)

    def feeder_of(self):
        pairs = self.frame[["meter", "feeder"]].drop_duplicates("meter")
        return dict(zip(pairs["meter"], pairs["feeder"]))


def energy_bad(frame, keys):
    total = frame.groupby(keys, observed=False)["kwh"].sum()
    return total[total > 0]


def energy_good(frame, keys):
    return frame.groupby(keys, observed=True)["kwh"].sum()


energy = energy_bad if ARM == "bad" else energy_good


class FeederReport:
    def __init__(self, store):
        self.store = store
        self.peaks = {}

    def _peak_per_meter(self):
        totals = energy(self.store.frame, ["meter", "slot"])
        self.cells = len(totals)
        return totals.groupby(level="meter", observed=True).max()

    def build(self):
        owner = self.store.feeder_of()
        for meter, peak in self._peak_per_meter().items():
            feeder = owner[meter]
            self.peaks[feeder] = self.peaks.get(feeder, 0.0) + float(peak)
        return self

    def busiest(self, count):
        return sorted(self.peaks, key=self.peaks.get, reverse=True)[:count]


ensure(READINGS, make_readings)
STORE = ReadingStore(READINGS)
REPORT = FeederReport(STORE).build()
print("readings", len(STORE.frame), "cells", REPORT.cells, "busiest", *REPORT.busiest(4))
