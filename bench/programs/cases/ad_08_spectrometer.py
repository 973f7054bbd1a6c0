"""Calibrates a spectrometer run that the instrument exports as text."""
import numpy as np

from harness import case, fixture, run

SWEEPS = 70_000
CHANNELS = 10


def export_run(path):
    rng = np.random.default_rng(8)
    with open(path, "w") as out:
        out.write(",".join(f"ch{n}" for n in range(CHANNELS)) + "\n")
        for first in range(0, SWEEPS, 10_000):
            block = rng.random((min(10_000, SWEEPS - first), CHANNELS)) * 4096
            for row in block:
                out.write(",".join(f"{value:.4f}" for value in row) + "\n")


class SweepFile:
    def __init__(self, path):
        self.path = path

    def channel_names(self):
        with open(self.path) as source:
            return source.readline().strip().split(",")

    def sweeps(self):
        return np.genfromtxt(self.path, delimiter=",", skip_header=1)


class FastSweepFile(SweepFile):
    def sweeps(self):
        return np.loadtxt(self.path, delimiter=",", skiprows=1)


class Calibration:
    def __init__(self, gain=1.25, dark_rows=2_000):
        self.gain = gain
        self.dark_rows = dark_rows

    def apply(self, sweeps):
        dark = sweeps[:self.dark_rows].mean(axis=0)
        sweeps -= dark
        sweeps *= self.gain
        return sweeps


class RunReport:
    def __init__(self, names, sweeps):
        self.names = names
        self.sweeps = sweeps

    def text(self):
        means = self.sweeps.mean(axis=0)
        widest = int(np.argmax(self.sweeps.max(axis=0)))
        return f"{len(self.sweeps)} sweeps, mean of {self.names[0]} {means[0]:.4f}, widest {self.names[widest]}"


def calibrate(source):
    report = RunReport(source.channel_names(), Calibration().apply(source.sweeps()))
    print(report.text())
    return report


@case("ad 08 spectrometer")
class _:
    def bad():
        return calibrate(SweepFile(fixture("ad_08_run.csv", export_run)))

    def good():
        return calibrate(FastSweepFile(fixture("ad_08_run.csv", export_run)))


if __name__ == "__main__":
    kept = run()
