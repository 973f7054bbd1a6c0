import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def draw_tile(zoom, column, row):
    return bytes([zoom, column % 256, row % 256, 255]) * 1_200


@case('06 cache key without equality')
class _:
    def setup():
        import functools

    def bad():
        import functools

        class TileKey:
            __slots__ = ("zoom", "column", "row")

            def __init__(self, zoom, column, row):
                self.zoom = zoom
                self.column = column
                self.row = row

        @functools.lru_cache(maxsize=None)
        def tile(key):
            return draw_tile(key.zoom, key.column, key.row)

        def serve(requests):
            sent = 0
            for number in range(requests):
                key = TileKey(12, number % 15, number % 8)
                sent += len(tile(key))
            return sent

        print(f"{serve(18_000)} bytes of tiles sent")
        return tile

    def good():
        import functools

        class TileKey:
            __slots__ = ("zoom", "column", "row")

            def __init__(self, zoom, column, row):
                self.zoom = zoom
                self.column = column
                self.row = row

            def __eq__(self, other):
                return (self.zoom, self.column, self.row) == (other.zoom, other.column, other.row)

            def __hash__(self):
                return hash((self.zoom, self.column, self.row))

        @functools.lru_cache(maxsize=None)
        def tile(key):
            return draw_tile(key.zoom, key.column, key.row)

        def serve(requests):
            sent = 0
            for number in range(requests):
                key = TileKey(12, number % 15, number % 8)
                sent += len(tile(key))
            return sent

        print(f"{serve(18_000)} bytes of tiles sent")
        return tile


if __name__ == "__main__":
    kept = run()
