"""A delivery service: each request gets a planner with its own distance matrix."""
import random

import numpy as np
from cachetools import LRUCache, cached, cachedmethod
from cachetools.keys import hashkey
from operator import attrgetter

from harness import CASES, D, case, fixture, run


class PlannerBase:
    """Greedy tours over the stops of one request."""

    def __init__(self, request_id, stops):
        self.request_id = request_id
        self.stops = stops
        diff = stops[:, None, :] - stops[None, :, :]
        self.distances = np.sqrt((diff ** 2).sum(axis=2, dtype=np.float32))

    def leg_cost(self, a, b, vehicle):
        raise NotImplementedError

    def _price(self, a, b, vehicle):
        per_km, base = {"van": (0.9, 2.0), "bike": (0.4, 0.5)}[vehicle]
        return base + per_km * float(self.distances[a, b])

    def tour(self, order, vehicle):
        return sum(self.leg_cost(a, b, vehicle) for a, b in zip(order, order[1:]))

    def best(self, orders):
        offers = [(self.tour(order, vehicle), vehicle) for order in orders for vehicle in ("van", "bike")]
        return min(offers)


class SharedPlanner(PlannerBase):

    @cached(LRUCache(maxsize=50_000), key=hashkey)
    def leg_cost(self, a, b, vehicle):
        return self._price(a, b, vehicle)


class OwnPlanner(PlannerBase):

    def __init__(self, request_id, stops):
        super().__init__(request_id, stops)
        self._legs = LRUCache(maxsize=2_000)

    @cachedmethod(attrgetter("_legs"))
    def leg_cost(self, a, b, vehicle):
        return self._price(a, b, vehicle)


class DispatchService:
    def __init__(self, planner_class):
        self.planner_class = planner_class
        self.offers = {}

    def handle(self, request_id, rng):
        n = rng.randrange(330, 400)
        stops = np.array([(rng.uniform(0, 40), rng.uniform(0, 40)) for _ in range(n)], dtype=np.float32)
        planner = self.planner_class(request_id, stops)
        hubs = rng.sample(range(n), 12)
        orders = [rng.sample(hubs, len(hubs)) for _ in range(4)]
        self.offers[request_id] = planner.best(orders)


def serve(planner_class, requests=160):
    rng = random.Random(7)
    service = DispatchService(planner_class)
    for i in range(requests):
        service.handle(f"r-{i:05d}", rng)
    return service


@case('01 cachetools.cached on a planner method')
class _:
    def bad():
        return serve(SharedPlanner)

    def good():
        return serve(OwnPlanner)


if __name__ == "__main__":
    kept = run()
