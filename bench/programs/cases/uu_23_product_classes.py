import numpy as np
from sklearn.naive_bayes import GaussianNB

from harness import case, run

CATEGORIES = [
    "Household / Kitchen / Small appliances / Toasters and waffle irons",
    "Household / Kitchen / Small appliances / Coffee machines",
    "Garden / Power tools / Lawn mowers and trimmers",
    "Sports / Outdoor / Camping / Tents",
    "Books",
    "Toys / Construction kits",
    "Office / Paper",
]
FEATURES = 6
OFFERS = 330_000
CHUNK = 10_000
CENTRES = np.random.default_rng(1).normal(0, 3, (len(CATEGORIES), FEATURES))


def labelled_sample(size=2100):
    rng = np.random.default_rng(23)
    codes = np.arange(size) % len(CATEGORIES)
    return CENTRES[codes] + rng.normal(0, 1, (size, FEATURES)), codes


def offer_chunks():
    rng = np.random.default_rng(24)
    for _ in range(0, OFFERS, CHUNK):
        codes = rng.integers(0, len(CATEGORIES), CHUNK)
        yield CENTRES[codes] + rng.normal(0, 1, (CHUNK, FEATURES))


class Catalogue:
    """The category of every offer, as the shop front filters by it."""

    def __init__(self):
        features, codes = labelled_sample()
        self.model = GaussianNB().fit(features, np.array(CATEGORIES)[codes])
        self.category = None

    def classify(self):
        self.category = np.concatenate([self.model.predict(chunk) for chunk in offer_chunks()])

    def count(self, name):
        return int((self.category == name).sum())


class CodedCatalogue(Catalogue):
    def __init__(self):
        self.names = sorted(CATEGORIES)
        features, codes = labelled_sample()
        order = np.array([self.names.index(name) for name in CATEGORIES], dtype=np.uint8)
        self.model = GaussianNB().fit(features, order[codes])
        self.category = np.empty(OFFERS, dtype=np.uint8)

    def classify(self):
        for number, chunk in enumerate(offer_chunks()):
            self.category[number * CHUNK:(number + 1) * CHUNK] = self.model.predict(chunk)

    def count(self, name):
        return int((self.category == self.names.index(name)).sum())


def publish(catalogue):
    catalogue.classify()
    for name in CATEGORIES:
        print(catalogue.count(name), name)
    return catalogue


@case("uu 23 product classes")
class _:
    def bad():
        return publish(Catalogue())

    def good():
        return publish(CodedCatalogue())


if __name__ == "__main__":
    kept = run()
