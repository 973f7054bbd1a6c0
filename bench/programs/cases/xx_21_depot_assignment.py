"""Assigns the orders of a day to the nearest depot and plans the load of each."""
import numpy as np

from harness import case, run


class Region:
    def __init__(self, seed, depots=260):
        rng = np.random.default_rng(seed)
        self.depots = rng.uniform(0, 500, (depots, 2))
        self.rng = rng

    def orders(self, count):
        return self.rng.uniform(0, 500, (count, 2)), self.rng.integers(1, 30, count)


class Planner:
    def __init__(self, region):
        self.region = region

    def nearest(self, places):
        offsets = places[:, np.newaxis, :] - self.region.depots[np.newaxis, :, :]
        distances = np.sqrt((offsets ** 2).sum(axis=2))
        return distances.argmin(axis=1), distances.min(axis=1)

    def plan(self, places, weights):
        depot, distance = self.nearest(places)
        load = np.bincount(depot, weights=weights, minlength=len(self.region.depots))
        return load, float(distance.sum())


class StripPlanner(Planner):
    STRIP = 256

    def nearest(self, places):
        depot = np.empty(len(places), dtype=np.intp)
        distance = np.empty(len(places))
        for start in range(0, len(places), self.STRIP):
            strip = slice(start, start + self.STRIP)
            depot[strip], distance[strip] = super().nearest(places[strip])
        return depot, distance


def week(planner_class, per_day=18_000):
    region = Region(21)
    planner = planner_class(region)
    loads, travelled = np.zeros(len(region.depots)), 0.0
    for _ in range(7):
        load, distance = planner.plan(*region.orders(per_day))
        loads += load
        travelled += distance
    print(f"heaviest depot {loads.argmax()} with {loads.max():.0f} kg, travelled {travelled:.3f} km")
    return loads


@case("xx 21 depot assignment")
class _:
    def bad():
        return week(Planner)

    def good():
        return week(StripPlanner)


if __name__ == "__main__":
    kept = run()
