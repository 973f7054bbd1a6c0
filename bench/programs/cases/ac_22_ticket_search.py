"""Finds old support tickets that resemble a new one."""
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from harness import case, run

PRODUCTS = 60
PARTS = 900


def ticket(number):
    rng = np.random.default_rng(number)
    product = number % PRODUCTS
    parts = rng.integers(0, PARTS, 14)
    codes = rng.integers(0, 9000, 6)
    words = [f"product{product}"] + [f"part{p}" for p in parts] + [f"error{c}" for c in codes]
    return " ".join(words)


class TicketIndex:
    def __init__(self):
        self.vectorizer = TfidfVectorizer()
        self.weights = None

    def build(self, tickets):
        self.weights = self.vectorizer.fit_transform(tickets).toarray()

    def scores(self, text):
        question = self.vectorizer.transform([text]).toarray()[0]
        return self.weights @ question

    def similar(self, text, count=3):
        scores = self.scores(text)
        order = np.argsort(-np.round(scores, 9), kind="stable")[:count]
        return [(int(n), round(float(scores[n]), 4)) for n in order]


class SparseTicketIndex(TicketIndex):
    def build(self, tickets):
        self.weights = self.vectorizer.fit_transform(tickets)

    def scores(self, text):
        question = self.vectorizer.transform([text])
        return (self.weights @ question.T).toarray().ravel()


def desk(index, count=3200):
    index.build(ticket(n) for n in range(count))
    answers = [index.similar(ticket(n)) for n in range(count, count + 10)]
    print("best of the last:", answers[-1], "of", index.weights.shape)
    return index


@case("ac 22 ticket search")
class _:
    def bad():
        return desk(TicketIndex())

    def good():
        return desk(SparseTicketIndex())


if __name__ == "__main__":
    kept = run()
