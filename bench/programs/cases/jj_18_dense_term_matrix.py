import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def articles(n):
    """Texts of 150 words each over a vocabulary of 7,000."""
    import random
    r = random.Random(2)
    words = [f'w{k:04d}' for k in range(7000)]
    for _ in range(n):
        yield ' '.join(r.choices(words, k=150))


class Recommender:
    """The articles most like a query, by the cosine of their term vectors."""

    def __init__(self):
        self.vectorizer = None
        self.features = None

    def similar(self, query, top=5):
        import numpy as np
        scores = self.scores(self.vectorizer.transform([query]))
        best = np.argsort(-scores, kind='stable')[:top]
        return [(int(k), round(float(scores[k]), 6)) for k in best]


class DenseRecommender(Recommender):
    def fit(self, texts):
        from sklearn.feature_extraction.text import TfidfVectorizer
        self.vectorizer = TfidfVectorizer()
        self.features = self.vectorizer.fit_transform(texts).toarray()

    def scores(self, query):
        return self.features.dot(query.toarray()[0])


class SparseRecommender(Recommender):
    def fit(self, texts):
        from sklearn.feature_extraction.text import TfidfVectorizer
        self.vectorizer = TfidfVectorizer()
        self.features = self.vectorizer.fit_transform(texts)

    def scores(self, query):
        return self.features.dot(query.T).toarray()[:, 0]


@case('75 dense matrix of a sparse one')
class _:
    def setup():
        import numpy, random
        from sklearn.feature_extraction.text import TfidfVectorizer
        m = TfidfVectorizer().fit_transform(['one two three', 'two four'])
        m.dot(m[0].T).toarray()
    def bad():
        recommender = DenseRecommender()
        recommender.fit(articles(2000))
        return recommender, recommender.similar('w0001 w0002 w0003 w0400')
    def good():
        recommender = SparseRecommender()
        recommender.fit(articles(2000))
        return recommender, recommender.similar('w0001 w0002 w0003 w0400')


if __name__ == "__main__":
    kept = run()
