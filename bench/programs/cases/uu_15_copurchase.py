from array import array

import numpy as np
from scipy import sparse

from harness import case, run

ARTICLES = 12_000
BASKETS = 20_000
BASKET_SIZE = 6
PROBES = [(n, n + 3) for n in range(0, 1500, 3)]


def baskets():
    rng = np.random.default_rng(15)
    for _ in range(BASKETS):
        picks = (rng.beta(0.9, 1.6, BASKET_SIZE) * ARTICLES).astype(int)
        yield sorted(set(picks.tolist()))


def pairs(basket):
    for at, left in enumerate(basket):
        for right in basket[at + 1:]:
            yield left, right


def count_pairs(source):
    lefts, rights = array("i"), array("i")
    for basket in source:
        for left, right in pairs(basket):
            lefts.append(left)
            rights.append(right)
    at = np.frombuffer(lefts, dtype=np.int32), np.frombuffer(rights, dtype=np.int32)
    ones = np.ones(len(lefts), dtype=np.float32)
    return sparse.coo_array((ones, at), shape=(ARTICLES, ARTICLES)).tocsr()


class CoPurchases:
    """How often two articles were bought together; consulted by the shop's product page."""

    def __init__(self):
        self.counts = None

    def train(self, source):
        self.counts = count_pairs(source).todok()

    def together(self, left, right):
        return int(self.counts[left, right])

    def describe(self):
        print("pairs", self.counts.nnz, "sales", int(self.counts.sum()))
        print("probe", sum(self.together(left, right) for left, right in PROBES))


class CompactCoPurchases(CoPurchases):
    def train(self, source):
        self.counts = count_pairs(source)


@case("uu 15 co-purchases")
class _:
    def bad():
        model = CoPurchases()
        model.train(baskets())
        model.describe()
        return model

    def good():
        model = CompactCoPurchases()
        model.train(baskets())
        model.describe()
        return model


if __name__ == "__main__":
    kept = run()
