from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from harness import case, run

REGIONS = 45
STATIONS = 90_000


def load_calibration():
    rng = np.random.default_rng(8)
    return rng.normal(1.0, 0.02, size=(1024, 256))


def load_survey():
    rng = np.random.default_rng(21)
    return pd.DataFrame({
        "region": rng.integers(0, REGIONS, STATIONS).astype("int16"),
        "cell": rng.integers(0, 1024, STATIONS).astype("int16"),
        "band": rng.integers(0, 256, STATIONS).astype("int16"),
        "level": rng.gamma(2.0, 3.0, STATIONS).astype("float32"),
    })


def corrected_mean(part, calibration):
    gain = calibration[part["cell"].to_numpy(), part["band"].to_numpy()]
    return float((part["level"].to_numpy() * gain).mean())


@dataclass
class Survey:
    calibration: np.ndarray
    parts: dict = field(default_factory=dict)

    def means(self):
        return [corrected_mean(part, self.calibration) for part in self.parts.values()]


class RegionBook:
    def __init__(self, survey):
        self.parts = {}
        for region in range(REGIONS):
            part = survey[survey["region"] == region]
            self.parts[region] = part

    def means(self):
        return [corrected_mean(part, part.attrs["calibration"]) for part in self.parts.values()]


def report(means):
    print(len(means), f"{min(means):.5f} {max(means):.5f} {sum(means) / len(means):.6f}")


@case("uu 06 survey regions")
class _:
    def bad():
        survey = load_survey()
        survey.attrs["calibration"] = load_calibration()
        book = RegionBook(survey)
        report(book.means())
        return book

    def good():
        frame = load_survey()
        survey = Survey(load_calibration())
        for region in range(REGIONS):
            survey.parts[region] = frame[frame["region"] == region]
        report(survey.means())
        return survey


if __name__ == "__main__":
    kept = run()
