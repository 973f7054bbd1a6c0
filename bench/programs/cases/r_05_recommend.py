"""Item-to-item recommendations with adjusted cosine similarity over a sparse rating matrix."""
import os
import sys
import tempfile

import numpy as np
from scipy import sparse

CASES = os.path.join(tempfile.gettempdir(), "memory-cases")
RATINGS = os.path.join(CASES, "ss-ratings.npz")


def write_ratings(path):
    rng = np.random.default_rng(505)
    users, items, count = 6000, 1500, 100000
    popularity = rng.zipf(1.3, size=count * 3)
    item = popularity[popularity <= items][:count] - 1
    user = rng.integers(0, users, size=len(item))
    taste = rng.normal(3.4, 0.8, users)
    stars = np.clip(np.rint(taste[user] + rng.normal(0, 1.0, len(item))), 1, 5)
    _, keep = np.unique(user * items + item, return_index=True)
    with open(path, "wb") as out:
        np.savez(out, user=user[keep].astype("int32"), item=item[keep].astype("int32"),
                 stars=stars[keep].astype("float32"), shape=[users, items])


def ensure_input(path, writer):
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    pid = os.fork()
    if pid == 0:
        writer(path + ".part")
        os.replace(path + ".part", path)
        os._exit(0)
    os.waitpid(pid, 0)


def load_ratings(path):
    with np.load(path) as f:
        return sparse.csr_matrix((f["stars"], (f["user"], f["item"])), shape=tuple(f["shape"]))


class Centering:
    """Subtracts each user's mean from the ratings the user has given."""

    def user_means(self, ratings):
        totals = np.asarray(ratings.sum(axis=1)).ravel()
        return (totals / np.maximum(np.diff(ratings.indptr), 1)).astype("float32")

    def centre_bad(self, ratings):
        means = self.user_means(ratings)
        stars = ratings.toarray()
        centred = np.where(stars > 0, stars - means[:, None], np.float32(0))
        return sparse.csr_matrix(centred)

    def centre_good(self, ratings):
        means = self.user_means(ratings)
        centred = ratings.copy()
        centred.data -= np.repeat(means, np.diff(centred.indptr))
        centred.eliminate_zeros()
        return centred


class Similarity:
    def __init__(self, centred):
        columns = centred.tocsc()
        squares = columns.power(2).sum(axis=0)
        norms = np.sqrt(np.asarray(squares).ravel())
        norms[norms == 0] = 1.0
        columns.data /= np.repeat(norms, np.diff(columns.indptr)).astype("float32")
        self.columns = columns

    def blocks(self, size=50):
        for start in range(0, self.columns.shape[1], size):
            block = self.columns[:, start:start + size]
            yield start, (block.T @ self.columns).toarray()


class NeighbourTable:
    def __init__(self, items, k=10):
        self.ids = np.full((items, k), -1, dtype="int16")
        self.scores = np.zeros((items, k), dtype="float32")
        self.k = k

    def fill(self, start, block):
        for offset, row in enumerate(block):
            row[start + offset] = -np.inf
            best = np.argpartition(row, -self.k)[-self.k:]
            best = best[np.argsort(-row[best])]
            self.ids[start + offset] = best
            self.scores[start + offset] = row[best]


class Trainer:
    def __init__(self, mode):
        steps = Centering()
        self.centre = steps.centre_bad if mode == "bad" else steps.centre_good

    def train(self, ratings):
        similarity = Similarity(self.centre(ratings))
        table = NeighbourTable(ratings.shape[1])
        for start, block in similarity.blocks():
            table.fill(start, block)
        return table


def main(mode):
    ensure_input(RATINGS, write_ratings)
    ratings = load_ratings(RATINGS)
    table = Trainer(mode).train(ratings)
    print("rated %d, mean best score %.4f, neighbours of 0: %s"
          % (ratings.nnz, table.scores[:, 0].mean(), table.ids[0].tolist()[:5]))


if __name__ == "__main__":
    main(sys.argv[1])
