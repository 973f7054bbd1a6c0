"""Route planning: one depot, all the crossings of a town's road net, the routes to a day's customers."""
import heapq
import random
import sys
from array import array

SIDE = 190


class RoadNet:
    """A grid of crossings with some streets missing; neighbours and seconds in flat arrays."""

    def __init__(self, seed):
        rng = random.Random(seed)
        self.first = array("i", [0])
        self.to = array("i")
        self.seconds = array("d")
        streets = self._streets(rng)
        for node in range(SIDE * SIDE):
            for other, cost in self._from(node, streets):
                self.to.append(other)
                self.seconds.append(cost)
            self.first.append(len(self.to))

    @staticmethod
    def _streets(rng):
        return array("d", [rng.uniform(8, 60) if rng.random() < 0.9 else 0.0 for _ in range(2 * SIDE * SIDE)])

    @staticmethod
    def _from(node, streets):
        row, column = divmod(node, SIDE)
        around = []
        if column + 1 < SIDE:
            around.append((node + 1, streets[2 * node]))
        if column:
            around.append((node - 1, streets[2 * (node - 1)]))
        if row + 1 < SIDE:
            around.append((node + SIDE, streets[2 * node + 1]))
        if row:
            around.append((node - SIDE, streets[2 * (node - SIDE) + 1]))
        return [(other, cost) for other, cost in around if cost]

    def around(self, node):
        for at in range(self.first[node], self.first[node + 1]):
            yield self.to[at], self.seconds[at]


class TrailBad:
    """How every crossing is reached."""

    def __init__(self, depot):
        self.trail = {depot: (depot,)}

    def extend(self, node, other):
        self.trail[other] = self.trail[node] + (other,)

    def route(self, node):
        return list(self.trail[node])


class TrailGood:
    """How every crossing is reached."""

    def __init__(self, depot):
        self.depot = depot
        self.before = array("i", [-1]) * (SIDE * SIDE)

    def extend(self, node, other):
        self.before[other] = node

    def route(self, node):
        route = [node]
        while node != self.depot:
            node = self.before[node]
            route.append(node)
        return route[::-1]


def explore(net, depot, trail):
    """Dijkstra from the depot."""
    best = array("d", [float("inf")]) * (SIDE * SIDE)
    best[depot] = 0.0
    queue = [(0.0, depot)]
    while queue:
        cost, node = heapq.heappop(queue)
        if cost > best[node]:
            continue
        for other, seconds in net.around(node):
            total = cost + seconds
            if total < best[other]:
                best[other] = total
                trail.extend(node, other)
                heapq.heappush(queue, (total, other))
    return best


class Planner:
    def __init__(self, net, arm):
        self.net = net
        self.make = TrailBad if arm == "bad" else TrailGood

    def day(self, depot, customers):
        trail = self.make(depot)
        best = explore(self.net, depot, trail)
        reachable = [c for c in customers if best[c] < float("inf")]
        return {c: (round(best[c], 2), trail.route(c)) for c in reachable}


def main(arm):
    planner = Planner(RoadNet(6), arm)
    rng = random.Random(9)
    plans = []
    for depot in (SIDE + 1, SIDE * SIDE // 2 + 5):
        plan = planner.day(depot, [rng.randrange(SIDE * SIDE) for _ in range(60)])
        plans.append((len(plan), max(c for c, _ in plan.values()), sum(len(r) for _, r in plan.values())))
    print("plans", plans)
    return planner


if __name__ == "__main__":
    STATE = main(sys.argv[1])
