"""Turns support tickets into word and phrase counts for a classifier."""
import random

from scipy.sparse import vstack
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer

from harness import case, run

OPTIONS = dict(ngram_range=(1, 3), lowercase=True, token_pattern=r"[a-z]+\d*")


def tickets(count=3000, seed=9):
    rng = random.Random(seed)
    words = [f"word{n}" for n in range(4000)]
    return [" ".join(rng.choices(words, k=45)) for _ in range(count)]


class Features:
    def __init__(self, vectorizer):
        self.vectorizer = vectorizer
        self.matrix = None

    def learn(self, texts):
        self.matrix = self.vectorizer.fit_transform(texts)

    def add(self, texts):
        self.matrix = vstack([self.matrix, self.vectorizer.transform(texts)])

    def describe(self):
        return self.matrix.shape[0], int(self.matrix.sum())


def counted():
    return Features(CountVectorizer(**OPTIONS))


def hashed():
    return Features(HashingVectorizer(n_features=2 ** 20, norm=None, alternate_sign=False, **OPTIONS))


def train(features):
    texts = tickets()
    features.learn(texts)
    features.add(texts[:10])
    print(*features.describe())
    return features


@case("ww 12 ticket features")
class _:
    def bad():
        return train(counted())

    def good():
        return train(hashed())


if __name__ == "__main__":
    kept = run()
