import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from harness import case, run

SYLLABLES = ("ka", "lo", "mi", "ru", "se", "ta", "vo", "ne", "pi", "du", "gra", "sto", "fel", "bin", "hor", "zu")


def tickets(count):
    rng = np.random.default_rng(16)
    words = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
    ranks = np.minimum(rng.zipf(1.25, (count, 45)), 10_000) - 1
    for row in ranks:
        yield " ".join(words[rank * 7 % len(words)] for rank in row)


class TicketSearch:
    """Finds the solved tickets most like a new one."""

    def __init__(self, texts):
        self.vectorizer = TfidfVectorizer()
        self.matrix = self.vectorizer.fit_transform(texts).toarray()

    def scores(self, text):
        query = self.vectorizer.transform([text]).toarray()[0]
        return self.matrix @ query

    def best(self, text, count=3):
        scores = self.scores(text)
        order = np.argsort(-scores.round(6), kind="stable")[:count]
        return [(int(ticket), round(float(scores[ticket]), 4)) for ticket in order]


class SparseTicketSearch(TicketSearch):
    def __init__(self, texts):
        self.vectorizer = TfidfVectorizer()
        self.matrix = self.vectorizer.fit_transform(texts)

    def scores(self, text):
        query = self.vectorizer.transform([text])
        return (self.matrix @ query.T).toarray().ravel()


def session(search):
    print(search.matrix.shape)
    for text in ("kakaka kakalo logra", "runemi stofel", "horbin zuzuzu vovovo kakami"):
        print(search.best(text))
    return search


@case("pp 16 ticket search")
class _:
    def bad():
        return session(TicketSearch(tickets(4_000)))

    def good():
        return session(SparseTicketSearch(tickets(4_000)))


if __name__ == "__main__":
    kept = run()
