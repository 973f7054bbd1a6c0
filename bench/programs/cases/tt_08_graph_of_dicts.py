import networkx as nx
import numpy as np
from harness import case, run
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

NODES = 90_000
EDGES = 150_000


def edges():
    rng = np.random.default_rng(8)
    ends = rng.integers(0, NODES, size=(2, EDGES), dtype=np.int32)
    return ends[0], ends[1]


@case("tt 08 graph of dicts")
class _:
    def bad():
        graph = nx.Graph()
        graph.add_nodes_from(range(NODES))
        for a, b in zip(*edges()):
            graph.add_edge(int(a), int(b), weight=1.0)
        print(nx.number_connected_components(graph), graph.number_of_nodes())
        return graph

    def good():
        weights = np.ones(EDGES, dtype=np.float32)
        graph = csr_array((weights, edges()), shape=(NODES, NODES))
        count = connected_components(graph, directed=False, return_labels=False)
        print(count, graph.shape[0])
        return graph


if __name__ == "__main__":
    kept = run()
