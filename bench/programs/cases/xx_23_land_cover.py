"""Counts the classes of land cover over the tiles of a satellite scene, on a few threads."""
from collections import deque
from concurrent.futures import ThreadPoolExecutor, as_completed

import numpy as np

from harness import case, run

CLASSES = ("water", "forest", "field", "town")


class Scene:
    def __init__(self, tiles, side=640):
        self.tiles = range(tiles)
        self.side = side

    def classify(self, tile):
        rng = np.random.default_rng(tile)
        moisture = rng.random((self.side, self.side), dtype=np.float32)
        light = rng.random((self.side, self.side), dtype=np.float32)
        cover = (moisture < 0.5).astype(np.uint8)
        cover += (light > 0.6).astype(np.uint8) * 2
        return tile, cover


def all_tiles(pool, scene):
    futures = [pool.submit(scene.classify, tile) for tile in scene.tiles]
    for future in as_completed(futures):
        yield future.result()


def some_tiles(pool, scene, ahead=8):
    running = deque()
    for tile in scene.tiles:
        if len(running) == ahead:
            yield running.popleft().result()
        running.append(pool.submit(scene.classify, tile))
    while running:
        yield running.popleft().result()


class Survey:
    def __init__(self, scene, schedule):
        self.scene = scene
        self.schedule = schedule
        self.counts = np.zeros(len(CLASSES), dtype=np.int64)
        self.checksum = 0

    def run(self):
        with ThreadPoolExecutor(max_workers=3) as pool:
            for tile, cover in self.schedule(pool, self.scene):
                self.counts += np.bincount(cover.ravel(), minlength=len(CLASSES))
                self.checksum += tile * int(cover[tile % 640, 0])
        return self


def report(schedule):
    survey = Survey(Scene(300), schedule).run()
    print(" ".join(f"{name}={count}" for name, count in zip(CLASSES, survey.counts)), survey.checksum)
    return survey


@case("xx 23 land cover")
class _:
    def bad():
        return report(all_tiles)

    def good():
        return report(some_tiles)


if __name__ == "__main__":
    kept = run()
