"""Serve one recommendation model per tenant, each tuned from a shared base model."""
import copy

import numpy as np

N_ITEMS = 36_000
DIM = 48
N_TENANTS = 15


class Scorer:
    """Item table, a projection and a bias; only the last two are tuned per tenant."""

    def __init__(self, table, projection, bias):
        self.table = table
        self.projection = projection
        self.bias = bias
        self.tenant = None

    def scores(self, profile):
        query = self.projection @ profile + self.bias
        return self.table @ query


def load_base(seed=4):
    rng = np.random.default_rng(seed)
    table = rng.standard_normal((N_ITEMS, DIM), dtype=np.float32)
    projection = np.eye(DIM, dtype=np.float32)
    return Scorer(table, projection, np.zeros(DIM, dtype=np.float32))


def adapters(tenant):
    rng = np.random.default_rng(900 + tenant)
    delta = rng.standard_normal((DIM, DIM), dtype=np.float32)
    shift = rng.standard_normal(DIM, dtype=np.float32)
    return 0.05 * delta, 0.1 * shift


def tune(base, tenant):
    """A scorer for the tenant; the base stays as it is."""
    delta, shift = adapters(tenant)
    scorer = copy.deepcopy(base)
    scorer.projection += delta
    scorer.bias += shift
    scorer.tenant = tenant
    return scorer


class Service:
    def __init__(self, base):
        self.base = base
        self.scorers = {}

    def register(self, tenants):
        for tenant in tenants:
            self.scorers[tenant] = tune(self.base, tenant)

    def recommend(self, tenant, profile, k=3):
        scores = self.scorers[tenant].scores(profile)
        top = np.argpartition(-scores, k)[:k]
        return sorted((int(i) for i in top), key=lambda i: -scores[i])


def main():
    service = Service(load_base())
    service.register(range(N_TENANTS))
    profile = np.random.default_rng(77).standard_normal(DIM, dtype=np.float32)
    for tenant in range(0, N_TENANTS, 2):
        print(tenant, service.recommend(tenant, profile))
    print("base bias", float(np.abs(service.base.bias).sum()))


if __name__ == "__main__":
    main()
