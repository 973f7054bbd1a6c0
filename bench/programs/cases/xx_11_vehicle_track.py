"""Positions of a fleet, read from a log; distances and the box around them are asked for later."""
import random
from array import array

import numpy as np

from harness import case, fixture, run


def build_log(path):
    rng = random.Random(11)
    lon, lat = 13.4, 52.5
    with open(path, "w") as out:
        for _ in range(420_000):
            lon += rng.uniform(-1e-4, 1e-4)
            lat += rng.uniform(-1e-4, 1e-4)
            out.write(f"{lon:.6f},{lat:.6f},{rng.uniform(30, 60):.1f}\n")


class Track:
    def __init__(self):
        self.positions = []

    def read(self, path):
        with open(path) as lines:
            for line in lines:
                lon, lat, height = line.split(",")
                self.positions.append(np.array([float(lon), float(lat), float(height)]))

    def __len__(self):
        return len(self.positions)

    def batches(self, size=4096):
        for start in range(0, len(self) - 1, size):
            yield np.asarray(self.positions[start:start + size + 1])

    def length(self):
        return sum(float(np.linalg.norm(np.diff(part[:, :2], axis=0), axis=1).sum()) for part in self.batches())

    def box(self):
        lows = np.min([part.min(axis=0) for part in self.batches()], axis=0)
        highs = np.max([part.max(axis=0) for part in self.batches()], axis=0)
        return lows, highs


class PlainTrack(Track):
    def read(self, path):
        numbers = array("d")
        with open(path) as lines:
            for line in lines:
                numbers.extend(map(float, line.split(",")))
        self.positions = np.frombuffer(numbers).reshape(-1, 3)


def drive(track):
    track.read(fixture("xx_11_track.csv", build_log))
    lows, highs = track.box()
    print(f"{len(track)} positions, length {track.length():.5f}, box {lows.round(4)} {highs.round(4)}")
    return track


@case("xx 11 vehicle track")
class _:
    def setup():
        fixture("xx_11_track.csv", build_log)

    def bad():
        return drive(Track())

    def good():
        return drive(PlainTrack())


if __name__ == "__main__":
    kept = run()
