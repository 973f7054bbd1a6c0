"""Ratings of a reading club: a table of readers and books from the cards they hand in, and the books most alike."""
from array import array

import numpy as np
from scipy import sparse

from harness import case, run

READERS, BOOKS = 12_000, 3000


def cards():
    """Each reader's card: the books read, with one to five stars."""
    for reader in range(READERS):
        size = 12 + reader % 13
        chosen = {(reader * 7919 + k * k * 1047 + k * (reader % 50)) % (BOOKS if k % 3 else 300) for k in range(size)}
        yield reader, [(book, 1 + (reader * 3 + book * 7 + reader // 11) % 5) for book in sorted(chosen)]


class Table:
    """Stars by reader and book, noted one by one."""

    def __init__(self, shape):
        self.shape = shape
        self.stars = sparse.dok_array(shape, dtype=np.float32)

    def note(self, reader, book, stars):
        self.stars[reader, book] = stars

    def finished(self):
        return self.stars.tocsr()


class NoteList(Table):
    def __init__(self, shape):
        self.shape = shape
        self.readers, self.books, self.values = array("i"), array("i"), array("f")

    def note(self, reader, book, stars):
        self.readers.append(reader)
        self.books.append(book)
        self.values.append(stars)

    @property
    def stars(self):
        places = np.frombuffer(self.readers, np.int32), np.frombuffer(self.books, np.int32)
        return sparse.coo_array((np.frombuffer(self.values, np.float32), places), shape=self.shape)


class Club:
    def __init__(self, ratings):
        self.ratings = ratings.tocsc()
        self.lengths = np.sqrt(self.ratings.multiply(self.ratings).sum(axis=0))

    def best(self, least=40, count=3):
        readers = np.diff(self.ratings.indptr)
        mean = self.ratings.sum(axis=0) / np.maximum(readers, 1)
        order = np.lexsort((np.arange(BOOKS), -np.where(readers >= least, mean.round(4), 0)))[:count]
        return [(int(book), round(float(mean[book]), 3), int(readers[book])) for book in order]

    def alike(self, book, count=3):
        column = self.ratings[:, [book]]
        shared = (self.ratings.T @ column).toarray().ravel()
        score = np.round(shared / (self.lengths * self.lengths[book] + 1e-9), 4)
        score[book] = 0
        order = np.lexsort((np.arange(BOOKS), -score))[:count]
        return [(int(other), round(float(score[other]), 4)) for other in order]


def collect(table):
    for reader, entries in cards():
        for book, stars in entries:
            table.note(reader, book, stars)
    return table.finished()


def season(kind):
    ratings = collect(kind((READERS, BOOKS)))
    club = Club(ratings)
    print("ratings", ratings.nnz, "stars", int(ratings.sum()))
    print("best", club.best())
    for book in (7, 250, 1200):
        print("like", book, club.alike(book))
    return club


@case("af 20 reader ratings")
class _:
    def bad():
        return season(Table)

    def good():
        return season(NoteList)


if __name__ == "__main__":
    kept = run()
