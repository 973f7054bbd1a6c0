from array import array
import random

import networkx as nx
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from harness import case, run

SIDE = 330


def segments():
    rng = random.Random(8)
    for row in range(SIDE):
        for col in range(SIDE):
            here = row * SIDE + col
            if col + 1 < SIDE and rng.random() < 0.62:
                yield here, here + 1
            if row + 1 < SIDE and rng.random() < 0.62:
                yield here, here + SIDE


@case("vv 08 street network")
class _:
    def bad():
        streets = nx.Graph()
        streets.add_nodes_from(range(SIDE * SIDE))
        for a, b in segments():
            streets.add_edge(a, b, open=True)
        sizes = sorted((len(part) for part in nx.connected_components(streets)), reverse=True)
        degrees = [0] * 5
        for _node, degree in streets.degree():
            degrees[degree] += 1
        print("segments", streets.number_of_edges())
        print("parts", len(sizes), "largest", sizes[:5])
        print("crossings by degree", degrees)
        return streets

    def good():
        start, end = array("i"), array("i")
        for a, b in segments():
            start.append(a)
            end.append(b)
        used = np.ones(len(start), dtype=np.int8)
        nodes = SIDE * SIDE
        streets = coo_array((used, (np.asarray(start), np.asarray(end))), shape=(nodes, nodes)).tocsr()
        count, label = connected_components(streets, directed=False)
        sizes = np.sort(np.bincount(label, minlength=count))[::-1]
        degree = np.diff(streets.indptr) + np.bincount(streets.indices, minlength=nodes)
        print("segments", streets.nnz)
        print("parts", count, "largest", sizes[:5].tolist())
        print("crossings by degree", np.bincount(degree, minlength=5).tolist())
        return streets


if __name__ == "__main__":
    kept = run()
