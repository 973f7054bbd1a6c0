"""Assigns grid cells to the nearest weather station on a sphere."""
import numpy as np

from harness import case, run


def to_xyz(lat, lon):
    lat, lon = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


def stations(count=700, seed=4):
    rng = np.random.default_rng(seed)
    return to_xyz(rng.uniform(-60, 70, count), rng.uniform(-180, 180, count))


def cells(step=6.0):
    lat = np.arange(-87, 88, step)
    lon = np.arange(-180, 180, step)
    grid_lat, grid_lon = np.meshgrid(lat, lon, indexing="ij")
    return to_xyz(grid_lat.ravel(), grid_lon.ravel())


def nearest(points, sites):
    offset = points[:, None, :] - sites[None, :, :]
    squared = (offset ** 2).sum(axis=-1)
    return squared.argmin(axis=1), np.sqrt(squared.min(axis=1))


def nearest_in_blocks(points, sites, rows=100):
    index = np.empty(len(points), dtype=np.intp)
    distance = np.empty(len(points))
    for start in range(0, len(points), rows):
        block = slice(start, start + rows)
        offset = points[block, None, :] - sites[None, :, :]
        squared = (offset ** 2).sum(axis=-1)
        index[block] = squared.argmin(axis=1)
        distance[block] = np.sqrt(squared.min(axis=1))
    return index, distance


class Assignment:
    def __init__(self, index, distance):
        self.index = index
        self.distance = distance

    def describe(self):
        used = np.unique(self.index)
        return len(self.index), len(used), round(float(self.distance.sum()), 6)


def assign(search):
    points, sites = cells(), stations()
    for _ in range(9):
        result = Assignment(*search(points, sites))
    print(*result.describe())
    return result


@case("ww 09 nearest station")
class _:
    def bad():
        return assign(nearest)

    def good():
        return assign(nearest_in_blocks)


if __name__ == "__main__":
    kept = run()
