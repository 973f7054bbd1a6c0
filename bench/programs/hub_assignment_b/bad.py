"""Assign delivery points to the nearest hub in a 16-dimensional cost space."""
import numpy as np

N_POINTS = 2200
N_HUBS = 400
DIM = 16


def make_world(seed=7):
    rng = np.random.default_rng(seed)
    hubs = rng.normal(size=(N_HUBS, DIM)) * 3.0
    home = rng.integers(0, N_HUBS, size=N_POINTS)
    points = hubs[home] + rng.normal(size=(N_POINTS, DIM))
    return points, hubs


def distances(points, hubs):
    """Squared distance of each point to each hub."""
    diff = points[:, None, :] - hubs[None, :, :]
    return (diff ** 2).sum(axis=-1)


def nearest(points, hubs):
    d = distances(points, hubs)
    best = d.argmin(axis=1)
    return best, d[np.arange(len(points)), best]


def update_hubs(points, best, hubs):
    counts = np.bincount(best, minlength=len(hubs))
    moved = np.empty_like(hubs)
    for j in range(hubs.shape[1]):
        sums = np.bincount(best, weights=points[:, j], minlength=len(hubs))
        moved[:, j] = np.where(counts > 0, sums / np.maximum(counts, 1), hubs[:, j])
    return moved, counts


def main():
    points, hubs = make_world()
    for step in range(3):
        best, dist = nearest(points, hubs)
        hubs, counts = update_hubs(points, best, hubs)
        print("step", step, "cost %.4f" % dist.sum(), "used", int((counts > 0).sum()))
    load = np.bincount(best, minlength=N_HUBS)
    for hub in np.argsort(-load, kind="stable")[:5]:
        print("hub", int(hub), "load", int(load[hub]))


if __name__ == "__main__":
    main()
