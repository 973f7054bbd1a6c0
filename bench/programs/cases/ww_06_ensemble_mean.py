"""Mean and spread of an ensemble of simulated fields, run in parallel."""
import numpy as np
from joblib import Parallel, delayed

from harness import case, run

SHAPE = (256, 256)


def simulate(seed, steps=4):
    rng = np.random.default_rng(seed)
    field = rng.standard_normal(SHAPE)
    for _ in range(steps):
        field = 0.25 * (np.roll(field, 1, 0) + np.roll(field, -1, 0)
                        + np.roll(field, 1, 1) + np.roll(field, -1, 1))
    return field


class Moments:
    """Welford's running mean and variance."""

    def __init__(self, shape):
        self.count = 0
        self.mean = np.zeros(shape)
        self.m2 = np.zeros(shape)

    def add(self, field):
        self.count += 1
        delta = field - self.mean
        self.mean += delta / self.count
        self.m2 += delta * (field - self.mean)

    @property
    def spread(self):
        return np.sqrt(self.m2 / (self.count - 1))


def ensemble(members, **options):
    jobs = (delayed(simulate)(seed) for seed in range(members))
    return Parallel(n_jobs=2, backend="threading", **options)(jobs)


def study(fields):
    moments = Moments(SHAPE)
    for field in fields:
        moments.add(field)
    print(moments.count, round(float(moments.mean.std()), 6), round(float(moments.spread.mean()), 6))
    return moments


@case("ww 06 ensemble mean")
class _:
    def bad():
        return study(ensemble(160))

    def good():
        return study(ensemble(160, return_as="generator"))


if __name__ == "__main__":
    kept = run()
