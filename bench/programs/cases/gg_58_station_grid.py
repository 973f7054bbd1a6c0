import os

import numpy as np
import pandas as pd

from harness import CASES, D, case, fixture, run


def build(path):
    rng = np.random.default_rng(9)
    n = 700_000
    frame = pd.DataFrame({
        "station": rng.integers(1, 1200, n),
        "day": rng.integers(1, 367, n),
        "hour": rng.integers(0, 24, n),
        "temperature": rng.normal(11, 8, n).round(1),
        "rain": rng.gamma(0.4, 2, n).round(1),
        "humidity": rng.integers(15, 101, n),
        "quality": rng.integers(0, 4, n),
    })
    frame.to_csv(path, index=False)


class Climate:
    """The hourly observations of one year, kept for the queries of the map."""

    def __init__(self, path):
        self.hours = self.load(path)

    def load(self, path):
        raise NotImplementedError

    def hottest(self, day):
        today = self.hours[self.hours.day == day]
        return int(today.station[today.temperature.idxmax()])

    def rain_by_quality(self):
        return self.hours.groupby("quality").rain.mean().round(2).to_dict()


class ClimateDefault(Climate):
    def load(self, path):
        return pd.read_csv(path)


class ClimateTyped(Climate):
    columns = {"station": "int16", "day": "int16", "hour": "int8", "temperature": "float32",
               "rain": "float32", "humidity": "int8", "quality": "int8"}

    def load(self, path):
        return pd.read_csv(path, dtype=self.columns)


def serve(climate_class):
    climate = climate_class(fixture("f6_hours.csv", build))
    return climate, [climate.hottest(day) for day in range(1, 30)], climate.rain_by_quality()


@case('58 small numbers in 64-bit columns')
class _:
    def setup():
        fixture("f6_hours.csv", build)

    def bad():
        return serve(ClimateDefault)

    def good():
        return serve(ClimateTyped)


if __name__ == "__main__":
    kept = run()
