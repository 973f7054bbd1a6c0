import numpy as np
from scipy.spatial import cKDTree

from harness import case, run

CUSTOMERS, DEPOTS = 14_000, 240


def city(seed, count):
    rng = np.random.default_rng(seed)
    return rng.normal([400.0, 250.0], [120.0, 90.0], (count, 2))


def assign(customers, depots):
    gaps = customers[:, None, :] - depots[None, :, :]
    distance = np.sqrt((gaps ** 2).sum(axis=2))
    nearest = distance.argmin(axis=1)
    return nearest, distance[np.arange(len(customers)), nearest]


def assign_by_tree(customers, depots):
    distance, nearest = cKDTree(depots).query(customers)
    return nearest, distance


def plan_tours(assigner):
    nearest, distance = assigner(city(1, CUSTOMERS), city(2, DEPOTS))
    load = np.bincount(nearest, minlength=DEPOTS)
    print("largest depots", sorted(load.tolist())[-4:])
    print(f"mean {distance.mean():.5f} km, farthest {distance.max():.5f} km")
    return load


@case("pp 18 nearest depot")
class _:
    def bad():
        return plan_tours(assign)

    def good():
        return plan_tours(assign_by_tree)


if __name__ == "__main__":
    kept = run()
