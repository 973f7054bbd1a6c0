"""Merges molecule localisations that lie close together: neighbours are found with a tree, then linked."""
import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from harness import case, run


class Localisations:
    def __init__(self, seed, clusters, per_cluster):
        rng = np.random.default_rng(seed)
        centres = rng.uniform(0, 1000, (clusters, 2))
        spread = rng.normal(0, 0.6, (clusters, per_cluster, 2))
        self.xy = (centres[:, None, :] + spread).reshape(-1, 2)
        self.photons = rng.integers(200, 4000, len(self.xy))

    def __len__(self):
        return len(self.xy)


def neighbour_pairs(tree, radius):
    return np.array(list(tree.query_pairs(radius)))


def neighbour_pair_array(tree, radius):
    return tree.query_pairs(radius, output_type="ndarray")


def link(count, pairs):
    ones = np.ones(len(pairs), dtype=np.int8)
    graph = coo_matrix((ones, (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    return connected_components(graph, directed=False)


def brightness(label, photons):
    total = {}
    for molecule, count in zip(label.tolist(), photons.tolist()):
        total[molecule] = total.get(molecule, 0) + count
    return total


def merge(data, find_pairs, radius):
    pairs = find_pairs(cKDTree(data.xy), radius)
    molecules, label = link(len(data), pairs)
    return len(pairs), molecules, max(brightness(label, data.photons).values())


def analyse(find_pairs):
    data = Localisations(17, 2000, 22)
    results = [merge(data, find_pairs, radius) for radius in (0.4, 0.6, 0.8, 1.0, 1.2, 1.5)]
    print(len(data), results)
    return results


@case("yy 17 localisation merge")
class _:
    def bad():
        return analyse(neighbour_pairs)

    def good():
        return analyse(neighbour_pair_array)


if __name__ == "__main__":
    kept = run()
