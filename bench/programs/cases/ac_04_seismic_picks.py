"""Finds the strongest arrival in each hour of a seismometer's trace and keeps the wave form around it."""
from dataclasses import dataclass

import numpy as np

from harness import case, run

RATE = 250
HOUR = RATE * 3600
HALF = RATE * 2


@dataclass
class Pick:
    hour: int
    sample: int
    amplitude: float
    wave: np.ndarray


def read_hour(hour):
    """One hour of the trace, as the digitizer stores it."""
    rng = np.random.default_rng(hour)
    trace = rng.standard_normal(HOUR, dtype=np.float32)
    onset = int(rng.integers(HALF, HOUR - HALF))
    trace[onset:onset + HALF] *= 9.0
    return trace


def strongest(trace):
    inner = trace[HALF:-HALF]
    return int(np.argmax(inner)) + HALF


def cut(trace, sample):
    return trace[sample - HALF:sample + HALF]


def excerpt(trace, sample):
    return trace[sample - HALF:sample + HALF].copy()


class Catalogue:
    def __init__(self, window):
        self.window = window
        self.picks = []

    def scan(self, hours):
        for hour in hours:
            trace = read_hour(hour)
            sample = strongest(trace)
            wave = self.window(trace, sample)
            self.picks.append(Pick(hour, sample, float(trace[sample]), wave))

    def energy(self):
        return sum(float(np.square(p.wave).sum()) for p in self.picks)

    def __str__(self):
        top = max(self.picks, key=lambda p: p.amplitude)
        return f"{len(self.picks)} picks, strongest in hour {top.hour}, energy {self.energy():.0f}"


def survey(window):
    catalogue = Catalogue(window)
    catalogue.scan(range(60))
    print(catalogue)
    return catalogue


@case("ac 04 seismic picks")
class _:
    def bad():
        return survey(cut)

    def good():
        return survey(excerpt)


if __name__ == "__main__":
    kept = run()
