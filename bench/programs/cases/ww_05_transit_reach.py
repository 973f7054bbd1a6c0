"""How far is everything in a transit network: eccentricity and mean distance of each stop."""
import random

import networkx as nx

from harness import case, run


def network(stops=1300, lines=90, seed=5):
    rng = random.Random(seed)
    graph = nx.Graph()
    graph.add_nodes_from(range(stops))
    for _ in range(lines):
        route = rng.sample(range(stops), 30)
        nx.add_path(graph, route)
    for stop in range(stops - 1):
        if graph.degree(stop) == 0:
            graph.add_edge(stop, stop + 1)
    largest = max(nx.connected_components(graph), key=len)
    return graph.subgraph(largest).copy()


class ReachReport:
    def __init__(self, graph):
        self.graph = graph
        self.rows = []

    def add(self, stop, lengths):
        far = max(lengths.values())
        self.rows.append((stop, far, sum(lengths.values())))

    def summary(self):
        widest = max(self.rows, key=lambda row: (row[1], row[0]))
        return len(self.rows), widest[1], sum(row[2] for row in self.rows)


def distances(graph):
    return dict(nx.all_pairs_shortest_path_length(graph))


def report(graph):
    out = ReachReport(graph)
    table = distances(graph)
    for stop in graph:
        out.add(stop, table[stop])
    return out


def report_by_stop(graph):
    out = ReachReport(graph)
    for stop, lengths in nx.all_pairs_shortest_path_length(graph):
        out.add(stop, lengths)
    return out


@case("ww 05 transit reach")
class _:
    def bad():
        out = report(network())
        print(*out.summary())
        return out

    def good():
        out = report_by_stop(network())
        print(*out.summary())
        return out


if __name__ == "__main__":
    kept = run()
