"""Puts the grids of two providers together, soil moisture and rainfall, and gives monthly means over a region."""
import numpy as np
import xarray as xr

from harness import case, run

MONTHS = 10
NORTH, SOUTH, WEST, EAST = 55.0, 47.0, 5.0, 16.0
STEP = 0.025


def axes():
    lat = np.round(np.arange(SOUTH, NORTH, STEP), 3)
    lon = np.round(np.arange(WEST, EAST, STEP), 3)
    return lat, lon


def field(lat, lon, month, scale):
    wave = np.sin(lat[:, None] * (1.3 + month / 9)) * np.cos(lon[None, :] * 0.7 - month)
    return ((wave + 1) * scale).astype(np.float32)


class Provider:
    """A source of monthly grids; its coordinates are counted in its own way."""

    def __init__(self, name, scale):
        self.name = name
        self.scale = scale

    def coordinates(self):
        return axes()

    def load(self):
        lat, lon = self.coordinates()
        values = np.empty((MONTHS, lat.size, lon.size), dtype=np.float32)
        for month in range(MONTHS):
            values[month] = field(lat, lon, month, self.scale)
        coords = {"month": np.arange(1, MONTHS + 1), "lat": lat, "lon": lon}
        return xr.Dataset({self.name: (("month", "lat", "lon"), values)}, coords=coords)


class StepProvider(Provider):
    """Its files hold the first coordinate and the step."""

    def coordinates(self):
        lat, lon = axes()
        tiny = STEP / 3 * 3.0000001
        return SOUTH + tiny * np.arange(lat.size), WEST + tiny * np.arange(lon.size)


class Atlas:
    JOIN = "outer"

    def __init__(self, providers):
        self.providers = providers

    def open(self):
        grids = [provider.load() for provider in self.providers]
        return self.together(grids)

    def together(self, grids):
        return xr.merge(grids, join=self.JOIN, compat="no_conflicts")


class GridAtlas(Atlas):
    JOIN = "override"


def monthly(grids, name):
    region = grids[name].sel(lat=slice(48, 52.001), lon=slice(7, 12.001))
    return region.mean(("lat", "lon"), dtype="float64").values


def survey(kind):
    grids = kind([Provider("soil", 0.4), StepProvider("rain", 90.0)]).open()
    for name in ("soil", "rain"):
        print(name, " ".join(f"{value:.2f}" for value in monthly(grids, name)))
    wettest = max(range(MONTHS), key=lambda m: float(grids["rain"][m].max()))
    print("wettest month", wettest + 1, f"{float(grids['rain'].max()):.2f}")
    return grids


@case("af 14 soil and rain")
class _:
    def bad():
        return survey(Atlas)

    def good():
        return survey(GridAtlas)


if __name__ == "__main__":
    kept = run()
