"""Finds the tickets that are most like a new one, by tf-idf."""
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from harness import case, run

SUBJECTS = ["printer", "invoice", "password", "delivery", "screen", "account", "licence", "network"]
VERBS = ["fails", "hangs", "disappears", "repeats", "expires", "blinks", "doubles"]


def tickets(count):
    rng = np.random.default_rng(22)
    for n in range(count):
        words = [f"part{k}" for k in rng.integers(0, 5200, 18)]
        yield f"the {SUBJECTS[n % 8]} {VERBS[n % 7]} after update with " + " ".join(words)


class TicketSearch:
    def __init__(self, texts):
        self.vectorizer = TfidfVectorizer()
        self.matrix = self.vectorizer.fit_transform(texts).toarray()

    def scores(self, text):
        query = self.vectorizer.transform([text]).toarray().ravel()
        return self.matrix @ query

    def similar(self, text, count=5):
        scores = self.scores(text)
        best = np.lexsort((np.arange(scores.size), -scores.round(9)))[:count]
        return [(int(n), round(float(scores[n]), 4)) for n in best]


class TicketIndex(TicketSearch):
    def __init__(self, texts):
        self.vectorizer = TfidfVectorizer()
        self.matrix = self.vectorizer.fit_transform(texts)


def answer(search):
    for_desk = [search.similar(text) for text in (
        "the printer hangs after update with part77 part4100",
        "invoice doubles part9 part12 part3000 part5000",
        "network blinks part2500")]
    print("; ".join(f"{found[0][0]} at {found[0][1]:.4f}, {len(found)} shown" for found in for_desk))
    return search


@case("ab 22 similar tickets")
class _:
    def bad():
        return answer(TicketSearch(tickets(5000)))

    def good():
        return answer(TicketIndex(tickets(5000)))


if __name__ == "__main__":
    kept = run()
