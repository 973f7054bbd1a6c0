import random
from array import array

import numpy as np
from scipy.sparse import coo_array, dok_array

from harness import case, run

READERS, BOOKS = 9_000, 2_500


def ratings(each, seed=1616):
    """Who gave which book how many stars, reader by reader."""
    rng = random.Random(seed)
    for reader in range(READERS):
        for book in rng.sample(range(BOOKS), each):
            yield reader, book, 1 + (reader * 7 + book * 3) % 5


class RatingTable:
    shape = (READERS, BOOKS)

    def __init__(self, ratings):
        self.stars = self.collect(ratings)

    def collect(self, ratings):
        stars = dok_array(self.shape, dtype=np.int8)
        for reader, book, given in ratings:
            stars[reader, book] = given
        return stars.tocsr()

    def means(self):
        given = np.bincount(self.stars.indices, minlength=BOOKS)
        return self.stars.sum(axis=0, dtype=np.int64) / np.maximum(given, 1)

    def alike(self, reader, limit=3):
        row = self.stars[[reader], :].astype(np.int64)
        common = (self.stars @ row.T).toarray().ravel()
        common[reader] = 0
        return np.argsort(-common, kind="stable")[:limit].tolist()


class TripletRatingTable(RatingTable):
    def collect(self, ratings):
        readers, books, stars = array("i"), array("h"), array("b")
        for reader, book, given in ratings:
            readers.append(reader)
            books.append(book)
            stars.append(given)
        place = np.asarray(readers), np.asarray(books)
        return coo_array((np.asarray(stars), place), shape=self.shape).tocsr()


def recommend(kind):
    table = kind(ratings(each=20))
    means = table.means()
    print("ratings", table.stars.nnz, "best", int(means.argmax()), round(float(means.max()), 3), table.alike(77))
    return table


@case("rr 16 reader ratings")
class _:
    def bad():
        return recommend(RatingTable)

    def good():
        return recommend(TripletRatingTable)


if __name__ == "__main__":
    kept = run()
