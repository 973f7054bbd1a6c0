"""Recommendation job: an item-to-item model per country from ratings, pruned, then top lists."""
import os
import sys
import tempfile
os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
from scipy import sparse

DIR = os.path.join(tempfile.gettempdir(), "memory-cases")
COUNTRIES = ["at", "be", "cz", "dk", "ee", "fi", "gr", "hu"]
USERS, ITEMS = 6000, 1600


def ratings_path(country):
    return os.path.join(DIR, "tt-ratings-%s.npz" % country)


def write_ratings():
    for number, country in enumerate(COUNTRIES):
        if os.path.exists(ratings_path(country)):
            continue
        rng = np.random.default_rng(100 + number)
        count = 150_000
        users = rng.integers(0, USERS, count)
        items = (rng.beta(1.0, 2.0, count) * ITEMS).astype(np.int64)
        stars = rng.integers(1, 6, count).astype(np.float32)
        matrix = sparse.coo_matrix((stars, (users, items)), shape=(USERS, ITEMS)).tocsr()
        part = ratings_path(country) + ".part.npz"
        sparse.save_npz(part, matrix)
        os.rename(part, ratings_path(country))


def prepare():
    os.makedirs(DIR, exist_ok=True)
    pid = os.fork()
    if pid == 0:
        write_ratings()
        os._exit(0)
    os.waitpid(pid, 0)


class Pruner:
    """Takes the weak links off: keeps the strongest share of the similarities."""

    def __init__(self, arm, share=0.03):
        self.arm = arm
        self.share = share

    def cut(self, matrix):
        return np.quantile(matrix.data, 1.0 - self.share)

    def prune_bad(self, matrix):
        matrix.data[matrix.data < self.cut(matrix)] = 0.0
        return matrix

    def prune_good(self, matrix):
        matrix.data[matrix.data < self.cut(matrix)] = 0.0
        matrix.eliminate_zeros()
        return matrix

    def prune(self, matrix):
        return self.prune_bad(matrix) if self.arm == "bad" else self.prune_good(matrix)


class Model:
    def __init__(self, country, links):
        self.country = country
        self.links = links

    def related(self, item, count):
        row = self.links.getrow(item)
        keep = row.data > 0
        order = np.argsort(-row.data[keep], kind="stable")[:count]
        return row.indices[keep][order].tolist()


class Trainer:
    def __init__(self, pruner):
        self.pruner = pruner

    def similarity(self, ratings):
        norms = np.sqrt(np.asarray(ratings.multiply(ratings).sum(axis=0)).ravel())
        norms[norms == 0] = 1.0
        scaled = ratings @ sparse.diags((1.0 / norms).astype(np.float32))
        links = (scaled.T @ scaled).tocsr()
        links.setdiag(0.0)
        links.sort_indices()
        return links

    def train(self, country):
        ratings = sparse.load_npz(ratings_path(country))
        return Model(country, self.pruner.prune(self.similarity(ratings)))


class Recommender:
    """The serving side: all the countries' models in one process."""

    def __init__(self, trainer):
        self.models = {country: trainer.train(country) for country in COUNTRIES}

    def serve(self, country, item):
        return self.models[country].related(item, 5)


def main(arm):
    prepare()
    service = Recommender(Trainer(Pruner(arm)))
    rng = np.random.default_rng(4)
    shown = [service.serve(COUNTRIES[n % len(COUNTRIES)], int(rng.integers(0, 600))) for n in range(800)]
    live = sum(int((m.links.data > 0).sum()) for m in service.models.values())
    print("models", len(service.models), "links", live, "shown", sum(map(len, shown)), shown[3])
    return service


if __name__ == "__main__":
    STATE = main(sys.argv[1])
