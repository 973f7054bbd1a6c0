import numpy as np
from scipy import ndimage

from harness import case, run

SIDE, TILES = 2600, 3


def elevation(tile):
    rng = np.random.default_rng(200 + tile)
    coarse = rng.integers(0, 90, (26, 26), dtype=np.int16)
    smooth = ndimage.uniform_filter(coarse, 3)
    return np.kron(smooth, np.ones((SIDE // 26, SIDE // 26), dtype=np.int16))


@case("vv 24 extent of a flood")
class _:
    def bad():
        for tile in range(TILES):
            wet = elevation(tile) < 46
            places = np.argwhere(wet)
            top, left = places.min(axis=0).tolist()
            bottom, right = places.max(axis=0).tolist()
            print("tile", tile, "wet", len(places), "box", (top, left, bottom, right))
            del wet, places

    def good():
        for tile in range(TILES):
            wet = elevation(tile) < 46
            rows = np.flatnonzero(wet.any(axis=1))
            columns = np.flatnonzero(wet.any(axis=0))
            top, bottom = rows[[0, -1]].tolist()
            left, right = columns[[0, -1]].tolist()
            print("tile", tile, "wet", np.count_nonzero(wet), "box", (top, left, bottom, right))
            del wet, rows, columns


if __name__ == "__main__":
    kept = run()
