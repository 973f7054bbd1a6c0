"""Route table of a depot: cheapest roads to every crossing of a town, asked for by the dispatcher."""
import array
import heapq
import random
import sys

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"


class Town:
    """A grid of streets with costs that differ by direction, and some closed crossings."""

    def __init__(self, side, seed):
        rng = random.Random(seed)
        self.side = side
        self.closed = {rng.randrange(side * side) for _ in range(side * side // 12)}
        self.closed.discard(0)
        self.cost = array.array("d", (rng.uniform(10, 90) for _ in range(4 * side * side)))

    def roads(self, node):
        row, col = divmod(node, self.side)
        cost = self.cost[4 * node:4 * node + 4]
        steps = ((row - 1, col), (row + 1, col), (row, col - 1), (row, col + 1))
        for (r, c), price in zip(steps, cost):
            if 0 <= r < self.side and 0 <= c < self.side:
                target = r * self.side + c
                if target not in self.closed:
                    yield target, price


def search_bad(town, start):
    """Returns {node: (cost, path)}."""
    table = {}
    frontier = [(0, start, (start,))]
    while frontier:
        cost, node, path = heapq.heappop(frontier)
        if node in table:
            continue
        table[node] = (cost, path)
        for target, price in town.roads(node):
            if target not in table:
                heapq.heappush(frontier, (cost + price, target, path + (target,)))
    return table


def search_good(town, start):
    """Returns {node: (cost, predecessor)}."""
    table = {}
    frontier = [(0, start, -1)]
    while frontier:
        cost, node, previous = heapq.heappop(frontier)
        if node in table:
            continue
        table[node] = (cost, previous)
        for target, price in town.roads(node):
            if target not in table:
                heapq.heappush(frontier, (cost + price, target, node))
    return table


class RouteTable:
    def __init__(self, town, depot):
        self.town = town
        self.depot = depot
        self.table = search_bad(town, depot) if ARM == "bad" else search_good(town, depot)

    def cost(self, node):
        return self.table[node][0]

    def path(self, node):
        found = self.table[node][1]
        if isinstance(found, tuple):
            return list(found)
        path = [node]
        while found != -1:
            path.append(found)
            found = self.table[found][1]
        return path[::-1]


class Dispatcher:
    def __init__(self, routes):
        self.routes = routes
        self.driven = 0
        self.spent = 0.0

    def send(self, node):
        if node not in self.routes.table:
            return
        self.driven += len(self.routes.path(node)) - 1
        self.spent += self.routes.cost(node)


def main():
    town = Town(side=240, seed=19)
    dispatcher = Dispatcher(RouteTable(town, depot=0))
    rng = random.Random(6)
    for _ in range(800):
        dispatcher.send(rng.randrange(240 * 240))
    print("reachable", len(dispatcher.routes.table), "driven", dispatcher.driven, "spent", round(dispatcher.spent, 3))
    return dispatcher


if __name__ == "__main__":
    dispatcher = main()
