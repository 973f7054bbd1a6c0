import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from harness import case, fixture, run

SIDE = 190
LIMIT = 420


def build(path):
    rng = np.random.default_rng(15)
    node = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    pairs = [(node[:, :-1], node[:, 1:]), (node[:-1], node[1:])]
    pairs += [(b, a) for a, b in pairs]
    edges = np.concatenate([np.stack([a.ravel(), b.ravel()], axis=1) for a, b in pairs])
    seconds = rng.integers(5, 90, len(edges))
    with open(path, "wb") as file:
        np.save(file, np.column_stack([edges, seconds]).astype("i4"))


class RoadGraph:
    def __init__(self, edges):
        self.roads = nx.DiGraph()
        self.roads.add_weighted_edges_from(edges.tolist())

    def reach(self, station):
        times = nx.single_source_dijkstra_path_length(self.roads, station, cutoff=LIMIT)
        return len(times), sum(times.values())


class RoadMatrix:
    def __init__(self, edges):
        start, end, seconds = edges.T
        self.roads = csr_array((seconds, (start, end)), shape=(SIDE * SIDE, SIDE * SIDE))

    def reach(self, station):
        times = dijkstra(self.roads, indices=station, limit=LIMIT)
        times = times[np.isfinite(times)]
        return len(times), int(times.sum())


def plan(roads):
    for station in (1_805, 9_012, 20_440, 33_333):
        crossings, seconds = roads.reach(station)
        print(f"station {station}: {crossings} crossings, {seconds} s in all")
    return roads


@case("pp 15 ambulance reach")
class _:
    def setup():
        _.path = fixture("pp_roads.npy", build)

    def bad():
        return plan(RoadGraph(np.load(_.path)))

    def good():
        return plan(RoadMatrix(np.load(_.path)))


if __name__ == "__main__":
    kept = run()
