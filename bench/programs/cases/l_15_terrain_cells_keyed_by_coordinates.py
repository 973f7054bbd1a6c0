import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('15 terrain cells keyed by coordinates')
class _:
    def bad():
        class Terrain:
            def __init__(self, width, height):
                self.width, self.height = width, height
                self.level = {}
                for y in range(height):
                    for x in range(width):
                        self.level[x, y] = (x * 7 + y * 13 + x * y) % 11

            def flood(self, x, y, water):
                reached = 0
                edge = [(x, y)]
                while edge:
                    x, y = edge.pop()
                    if not (0 <= x < self.width and 0 <= y < self.height) or self.level[x, y] >= water:
                        continue
                    self.level[x, y] = 255
                    reached += 1
                    edge += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
                return reached

        terrain = Terrain(820, 820)
        reached = sum(terrain.flood(start, start, 6) for start in range(0, 820, 20))
        print(reached, 'cells under water')
        return terrain

    def good():
        class Terrain:
            def __init__(self, width, height):
                self.width, self.height = width, height
                self.level = bytearray(width * height)
                for y in range(height):
                    for x in range(width):
                        self.level[y * width + x] = (x * 7 + y * 13 + x * y) % 11

            def flood(self, x, y, water):
                reached = 0
                edge = [(x, y)]
                while edge:
                    x, y = edge.pop()
                    if not (0 <= x < self.width and 0 <= y < self.height) or self.level[y * self.width + x] >= water:
                        continue
                    self.level[y * self.width + x] = 255
                    reached += 1
                    edge += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
                return reached

        terrain = Terrain(820, 820)
        reached = sum(terrain.flood(start, start, 6) for start in range(0, 820, 20))
        print(reached, 'cells under water')
        return terrain


if __name__ == "__main__":
    kept = run()
