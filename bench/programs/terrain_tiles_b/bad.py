"""Render terrain tiles in a thread pool and write their statistics in tile order."""
from concurrent.futures import ThreadPoolExecutor

import numpy as np

TILE = (512, 1024)
N_TILES = 80
WORKERS = 2


def tile_axes(index):
    y = np.arange(TILE[0], dtype=np.float32)[:, None]
    x = np.arange(TILE[1], dtype=np.float32)[None, :]
    return y + 13 * index, x + 29 * index


def render_tile(index):
    """Height map of one tile."""
    y, x = tile_axes(index)
    tile = np.sin(y / 31) * np.cos(x / 47)
    tile += 0.25 * np.sin(x / 7)
    tile *= 100 + index
    return tile


def describe(index, tile):
    gy = float(np.abs(np.diff(tile[::8], axis=0)).mean())
    return {"tile": index, "low": float(tile.min()), "high": float(tile.max()),
            "rough": gy, "above": int((tile > 50).sum())}


def render_all(n):
    """Yield (index, tile) in order."""
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        futures = [pool.submit(render_tile, i) for i in range(n)]
        for index, future in enumerate(futures):
            yield index, future.result()


def main():
    rows = []
    for index, tile in render_all(N_TILES):
        rows.append(describe(index, tile))
    print("tiles", len(rows), "cells above", sum(r["above"] for r in rows))
    for r in rows[::16]:
        print(r["tile"], "%.2f %.2f %.3f" % (r["low"], r["high"], r["rough"]), r["above"])
    roughest = max(rows, key=lambda r: (r["rough"], -r["tile"]))
    print("roughest", roughest["tile"])


if __name__ == "__main__":
    main()
