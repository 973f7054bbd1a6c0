"""Random search over a grid of settings for a gradient-descent regression."""
import itertools
import random

import numpy as np

GRID = {
    "rate": [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2],
    "momentum": [0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95],
    "decay": [0.0, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1],
    "batch": [8, 16, 32, 64, 128],
    "epochs": [2, 3, 4, 6, 8, 10],
    "scale": [0.01, 0.1, 0.5, 1.0],
    "schedule": ["constant", "halve", "cosine", "inverse"],
}


class ParameterSampler:
    """Draws n different settings of the grid."""

    def __init__(self, grid, n, seed):
        self.grid = grid
        self.n = n
        self.rng = random.Random(seed)

    def settings(self):
        names = list(self.grid)
        return [dict(zip(names, values))
                for values in itertools.product(*self.grid.values())]

    def __iter__(self):
        yield from self.rng.sample(self.settings(), self.n)


def step_size(setting, epoch):
    rate = setting["rate"]
    if setting["schedule"] == "halve":
        return rate * 0.5 ** epoch
    if setting["schedule"] == "cosine":
        return rate * 0.5 * (1 + np.cos(np.pi * epoch / setting["epochs"]))
    if setting["schedule"] == "inverse":
        return rate / (1 + epoch)
    return rate


def make_data(rng, count):
    x = rng.normal(size=(count, 6))
    y = x @ np.array([1.0, -2.0, 0.5, 0.0, 3.0, -1.0]) + rng.normal(0, 0.1, count)
    return x, y


def train(setting, x, y, seed):
    rng = np.random.default_rng(seed)
    weights = rng.normal(0, setting["scale"], x.shape[1])
    velocity = np.zeros_like(weights)
    for epoch in range(setting["epochs"]):
        for start in range(0, len(x), setting["batch"]):
            part = slice(start, start + setting["batch"])
            gradient = x[part].T @ (x[part] @ weights - y[part]) / len(x[part])
            gradient += setting["decay"] * weights
            velocity = setting["momentum"] * velocity - step_size(setting, epoch) * gradient
            weights = weights + np.clip(velocity, -1, 1)
    return weights


def main():
    rng = np.random.default_rng(1)
    x, y = make_data(rng, 400)
    test_x, test_y = make_data(rng, 200)
    results = []
    for number, setting in enumerate(ParameterSampler(GRID, 40, seed=9)):
        weights = train(setting, x, y, number)
        results.append((float(np.square(test_x @ weights - test_y).mean()), number, setting))
    results.sort(key=lambda r: r[:2])
    for error, number, setting in results[:3]:
        print(f"trial {number} error {error:.4f}", setting)


if __name__ == "__main__":
    main()
