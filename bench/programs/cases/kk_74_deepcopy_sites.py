import copy
import gc
import os
import sys

from harness import CASES, D, case, fixture, run


class SiteCollection:
    """The places at which the shaking is calculated, a column for each parameter."""

    def __init__(self, n):
        import numpy as np
        r = np.random.default_rng(5446)
        self.lons = r.uniform(-74, -34, n)
        self.lats = r.uniform(-33, 5, n)
        self.depths = r.uniform(0, 30, n)
        self.vs30 = r.uniform(200, 1500, n)
        self.z1pt0 = r.uniform(10, 900, n)
        self.z2pt5 = r.uniform(0.1, 8, n)
        self.backarc = r.uniform(0, 1, n)


class GroundMotionModel:
    def __init__(self, name, factor):
        self.name = name
        self.factor = factor
        self.sites_rock = None

    def rock_sites(self, sites):
        return copy.deepcopy(sites)

    def prepare(self, sites):
        self.sites_rock = self.rock_sites(sites)
        self.sites_rock.vs30 = sites.vs30 * self.factor

    def mean(self):
        return float((self.sites_rock.vs30 * self.sites_rock.depths).mean())


class ShallowCopyModel(GroundMotionModel):
    def rock_sites(self, sites):
        return copy.copy(sites)


def calculate(model, n=150_000):
    sites = SiteCollection(n)
    models = [model(f"GMM{i}", 1 + i / 40) for i in range(15)]
    for m in models:
        m.prepare(sites)
    return sites, models, [m.mean() for m in models]


@case('74 deepcopy of site arrays for each model')
class _:
    def setup(): import numpy.random
    def bad():
        return calculate(GroundMotionModel)
    def good():
        return calculate(ShallowCopyModel)


if __name__ == "__main__":
    kept = run()
