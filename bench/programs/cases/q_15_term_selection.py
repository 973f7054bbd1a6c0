"""Feature selection for a ticket classifier: tf-idf, drop terms of low variance, train, score."""
import random
import sys

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"


class Corpus:
    """Tickets of several queues, with words that lean to their queue."""

    def __init__(self, seed, queues=6, size=2600):
        rng = random.Random(seed)
        vocab = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randrange(4, 10))) for _ in range(2600)]
        leaning = [rng.sample(vocab, 120) for _ in range(queues)]
        self.labels = [rng.randrange(queues) for _ in range(size)]
        self.texts = [" ".join(rng.choices(vocab, k=rng.randrange(10, 60)) + rng.choices(leaning[label], k=8))
                      for label in self.labels]

    def split(self, share=0.8):
        cut = int(len(self.texts) * share)
        return (self.texts[:cut], self.labels[:cut]), (self.texts[cut:], self.labels[cut:])


def column_variance_bad(matrix):
    return matrix.toarray().var(axis=0)


def column_variance_good(matrix):
    mean = np.asarray(matrix.mean(axis=0)).ravel()
    square = np.asarray(matrix.power(2).mean(axis=0)).ravel()
    return square - mean ** 2


class VarianceFilter:
    def __init__(self, share):
        self.share = share
        self.columns = None

    def fit(self, matrix):
        variance = column_variance_bad(matrix) if ARM == "bad" else column_variance_good(matrix)
        keep = int(variance.size * self.share)
        self.columns = np.sort(np.argsort(-np.round(variance, 12), kind="stable")[:keep])
        return self

    def transform(self, matrix):
        return matrix[:, self.columns]


class Pipeline:
    def __init__(self):
        self.vectors = TfidfVectorizer(sublinear_tf=True)
        self.filter = VarianceFilter(0.5)
        self.model = MultinomialNB(alpha=0.1)

    def fit(self, texts, labels):
        matrix = self.vectors.fit_transform(texts)
        matrix = self.filter.fit(matrix).transform(matrix)
        self.model.fit(matrix, labels)
        return self

    def predict(self, texts):
        return self.model.predict(self.filter.transform(self.vectors.transform(texts)))


def accuracy(truth, guess):
    return float(np.mean(np.asarray(truth) == guess))


def main():
    corpus = Corpus(12)
    (train, train_labels), (test, test_labels) = corpus.split()
    pipeline = Pipeline().fit(train, train_labels)
    guess = pipeline.predict(test)
    print("terms", len(pipeline.vectors.vocabulary_), "kept", pipeline.filter.columns.size,
          "accuracy", round(accuracy(test_labels, guess), 4))
    return pipeline


if __name__ == "__main__":
    pipeline = main()
