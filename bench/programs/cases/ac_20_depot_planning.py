"""Assigns customers to depots by the likeness of their order profiles."""
import numpy as np

from harness import case, run

CUSTOMERS = 6000
DEPOTS = 320
FEATURES = 9


class Profiles:
    """Scaled order profiles, one row for each customer."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        self.customers = rng.uniform(0, 1, (CUSTOMERS, FEATURES))
        self.depots = rng.uniform(0, 1, (DEPOTS, FEATURES))
        self.volume = rng.integers(1, 60, CUSTOMERS)

    def drift(self, step):
        self.depots += 0.01 * np.sin(np.arange(FEATURES) + step)


def nearest(customers, depots):
    gaps = customers[:, None, :] - depots[None, :, :]
    distances = np.sqrt((gaps ** 2).sum(axis=2))
    return distances.argmin(axis=1)


def nearest_in_blocks(customers, depots, size=128):
    chosen = np.empty(len(customers), dtype=np.intp)
    for start in range(0, len(customers), size):
        block = customers[start:start + size]
        chosen[start:start + size] = nearest(block, depots)
    return chosen


class Plan:
    def __init__(self, profiles, assign):
        self.profiles = profiles
        self.assign = assign
        self.load = np.zeros(DEPOTS, dtype=np.int64)
        self.moves = 0

    def run(self, steps):
        previous = None
        for step in range(steps):
            self.profiles.drift(step)
            chosen = self.assign(self.profiles.customers, self.profiles.depots)
            if previous is not None:
                self.moves += int((chosen != previous).sum())
            previous = chosen
        self.load += np.bincount(previous, weights=self.profiles.volume, minlength=DEPOTS).astype(np.int64)

    def __str__(self):
        return f"busiest depot {self.load.argmax()} with {self.load.max()}, {self.moves} moves"


def plan(assign):
    result = Plan(Profiles(5), assign)
    result.run(6)
    print(result)
    return result


@case("ac 20 depot planning")
class _:
    def bad():
        return plan(nearest)

    def good():
        return plan(nearest_in_blocks)


if __name__ == "__main__":
    kept = run()
