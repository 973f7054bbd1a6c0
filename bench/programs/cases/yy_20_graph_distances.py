"""Distance statistics of a collaboration network: mean distance, eccentricities, closeness."""
from collections import Counter

import networkx as nx

from harness import case, run


def collaborations(people):
    graph = nx.Graph()
    graph.add_nodes_from(range(people))
    for n in range(people):
        graph.add_edge(n, (n + 1) % people)
        graph.add_edge(n, (n * 37 + 11) % people)
        if n % 3 == 0:
            graph.add_edge(n, (n * 101 + 7) % people)
    graph.remove_edges_from(nx.selfloop_edges(graph))
    return graph


def distance_table(graph):
    lengths = dict(nx.all_pairs_shortest_path_length(graph))
    return lengths.items()


def distance_rows(graph):
    return nx.all_pairs_shortest_path_length(graph)


class Distances:
    def __init__(self, size):
        self.size = size
        self.histogram = Counter()
        self.eccentricity = {}
        self.closeness = {}

    def add(self, person, reached):
        total = sum(reached.values())
        self.histogram.update(reached.values())
        self.eccentricity[person] = max(reached.values())
        self.closeness[person] = (len(reached) - 1) / total

    @property
    def mean(self):
        pairs = sum(count for length, count in self.histogram.items() if length)
        return sum(length * count for length, count in self.histogram.items()) / pairs


def analyse(rows_of, people):
    graph = collaborations(people)
    distances = Distances(people)
    for person, reached in rows_of(graph):
        distances.add(person, reached)
    best = max(distances.closeness, key=distances.closeness.get)
    print(round(distances.mean, 4), max(distances.eccentricity.values()), best)
    return distances


@case("yy 20 graph distances")
class _:
    def bad():
        return analyse(distance_table, 1200)

    def good():
        return analyse(distance_rows, 1200)


if __name__ == "__main__":
    kept = run()
