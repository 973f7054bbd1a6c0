"""Post-processes an ensemble of 2 m temperature grids: bias, height correction, frost probability."""
import sys
from dataclasses import dataclass

import numpy as np

ARM = sys.argv[1]
SHAPE = (600, 900)
MEMBERS = 44
THRESHOLDS = (-5.0, 0.0, 25.0)


@dataclass
class Stations:
    row: np.ndarray
    col: np.ndarray
    observed: np.ndarray


class EnsembleSource:
    """Stands for the GRIB decoder: yields one float32 field per member."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        lat = np.linspace(1.2, -0.2, SHAPE[0], dtype=np.float32)
        lon = np.linspace(0, 6.0, SHAPE[1], dtype=np.float32)
        self.base = np.add.outer(22 * np.cos(lat) - 8, 3 * np.sin(lon)).astype(np.float32)

    def terrain(self):
        ridge = self.rng.standard_normal(SHAPE, dtype=np.float32)
        np.abs(ridge, out=ridge)
        ridge *= 420
        return ridge

    def stations(self, count=350):
        row = self.rng.integers(0, SHAPE[0], count)
        col = self.rng.integers(0, SHAPE[1], count)
        observed = self.base[row, col] + self.rng.normal(0.8, 1.5, count)
        return Stations(row, col, observed)

    def members(self):
        for _ in range(MEMBERS):
            field = self.rng.standard_normal(SHAPE, dtype=np.float32)
            field *= 1.7
            field += self.base
            yield field


class Calibration:
    def __init__(self, stations, terrain):
        self.stations = stations
        self.terrain = terrain

    def bias(self, field):
        at_station = field[self.stations.row, self.stations.col]
        return (at_station - self.stations.observed).mean()

    def shift_bad(self, field):
        return field - self.bias(field)

    def shift_good(self, field):
        field -= self.bias(field)
        return field

    shift = shift_bad if ARM == "bad" else shift_good

    def apply(self, field):
        corrected = self.shift(field)
        for top in range(0, SHAPE[0], 50):
            band = slice(top, top + 50)
            corrected[band] -= self.terrain[band] * np.float32(0.0065)
        return corrected


class Product:
    """Holds the calibrated members for the products that are asked for later."""

    def __init__(self):
        self.members = []

    def add(self, field):
        self.members.append(field)

    def band_probability(self, threshold, band):
        below = np.zeros((band.stop - band.start, SHAPE[1]), dtype=np.uint8)
        for field in self.members:
            below += field[band] < threshold
        return below.mean(dtype=np.float64) / len(self.members)

    def probability(self, threshold):
        bands = [self.band_probability(threshold, slice(top, top + 50)) for top in range(0, SHAPE[0], 50)]
        return sum(bands) / len(bands)

    def mean(self):
        return sum(field.mean(dtype=np.float64) for field in self.members) / len(self.members)


def run(source, product):
    calibration = Calibration(source.stations(), source.terrain())
    for field in source.members():
        product.add(calibration.apply(field))


PRODUCT = Product()
run(EnsembleSource(11), PRODUCT)
print("mean %.2f" % PRODUCT.mean(), *("P(<%g)=%.3f" % (t, PRODUCT.probability(t)) for t in THRESHOLDS))
