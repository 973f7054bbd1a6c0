"""Simulated advertising campaigns: which of the users does each publisher reach?"""
import numpy as np

POPULATION = 10_000_000


class Publisher:
    """Shows a campaign to a uniformly drawn part of the population."""

    def __init__(self, name, reach, seed):
        self.name = name
        self.reach = reach
        self.random = np.random.default_rng(seed)

    def audience(self):
        return self.random.choice(POPULATION, self.reach, replace=False)

    def impressions(self, users):
        """Total frequency: every third user sees the campaign twice."""
        return len(users) + len(users) // 3


class LinearCounter:
    """Bitmap sketch; estimates the number of different ids put into it."""

    def __init__(self, bits):
        self.bitmap = np.zeros(bits, dtype=bool)

    def add(self, ids):
        hashed = (ids.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20)
        self.bitmap[(hashed % np.uint64(len(self.bitmap))).astype(np.intp)] = True

    def estimate(self):
        free = np.count_nonzero(~self.bitmap) / len(self.bitmap)
        return -len(self.bitmap) * np.log(free)


def within(value, target, tolerance):
    return abs(value - target) <= tolerance * target


def main():
    publishers = [Publisher("news", 40_000, 11), Publisher("video", 25_000, 12),
                  Publisher("games", 15_000, 13)]
    sketch = LinearCounter(1 << 20)
    total = 0
    for publisher in publishers:
        users = publisher.audience()
        own = LinearCounter(1 << 19)
        own.add(users)
        sketch.add(users)
        total += publisher.reach
        print(publisher.name, "reach", len(np.unique(users)),
              "impressions", publisher.impressions(users),
              "in range", bool(users.min() >= 0 and users.max() < POPULATION),
              "sketch ok", bool(within(own.estimate(), publisher.reach, 0.03)))
    print("campaign reach", total)
    print("sketch ok", bool(within(sketch.estimate(), total, 0.03)))


if __name__ == "__main__":
    main()
