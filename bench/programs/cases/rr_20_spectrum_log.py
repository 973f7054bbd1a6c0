from dataclasses import asdict, dataclass, fields

import numpy as np

from harness import case, run

CHANNELS = 120_000


@dataclass
class Spectrum:
    star: str
    exposure: int
    slit: float
    flux: np.ndarray

    @property
    def brightest(self):
        return int(self.flux.argmax())


def describe(spectrum):
    return asdict(spectrum)


def describe_flat(spectrum):
    return {field.name: getattr(spectrum, field.name) for field in fields(spectrum)}


class NightLog:
    """The spectra of a night, and an entry for each that the panels show."""

    def __init__(self, describe):
        self.describe = describe
        self.spectra = []
        self.entries = []

    def record(self, spectrum):
        self.spectra.append(spectrum)
        self.entries.append(self.describe(spectrum))

    def panel(self):
        for spectrum, entry in zip(self.spectra, self.entries):
            yield entry["star"], entry["exposure"], spectrum.brightest, round(float(entry["flux"].max()), 3)


def observe(number):
    rng = np.random.default_rng(2000 + number)
    flux = rng.normal(1.0, 0.05, CHANNELS)
    flux[number * 977 % CHANNELS] += 3
    return Spectrum(f"HD {number * 331:06d}", 60 + number % 7 * 30, 1.2, flux)


def night(describe, count=60):
    log = NightLog(describe)
    for number in range(count):
        log.record(observe(number))
    print(count, "spectra, longest", max(log.panel(), key=lambda line: (line[1], line[3])))
    return log


@case("rr 20 spectrum log")
class _:
    def bad():
        return night(describe)

    def good():
        return night(describe_flat)


if __name__ == "__main__":
    kept = run()
