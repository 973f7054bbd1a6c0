import gc
import os
import sys

from harness import CASES, D, case, fixture, run


def transfers(day, accounts=2500, edges=6000):
    """The payments of one day; a small ring of accounts pays only within itself."""
    import random
    r = random.Random(2547 + day)
    for _ in range(edges):
        a, b = r.randrange(accounts), r.randrange(accounts)
        yield f"acc{a}", f"acc{b}", r.randrange(1, 5000)
    ring = [f"ring{day}-{i}" for i in range(6)]
    for a, b in zip(ring, ring[1:] + ring[:1]):
        yield a, b, 9900


def build_graph(day):
    import networkx as nx
    graph = nx.Graph(day=day)
    for a, b, amount in transfers(day):
        graph.add_edge(a, b, amount=amount)
    return graph


def find_ring(graph):
    import networkx as nx
    for nodes in nx.connected_components(graph):
        if 3 <= len(nodes) <= 10 and all(graph.degree(n) == 2 for n in nodes):
            return nodes


@case('47 subgraph view keeps the whole graph')
class _:
    def setup(): import networkx
    def bad():
        cases = []
        for day in range(40):
            graph = build_graph(day)
            ring = find_ring(graph)
            cases.append(graph.subgraph(ring))
        return cases
    def good():
        cases = []
        for day in range(40):
            graph = build_graph(day)
            ring = find_ring(graph)
            cases.append(graph.subgraph(ring).copy())
        return cases


if __name__ == "__main__":
    kept = run()
