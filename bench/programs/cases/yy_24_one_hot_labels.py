"""A softmax classifier of articles with several hundred classes, trained batch by batch."""
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np  # noqa: E402

from harness import case, run  # noqa: E402

CLASSES, WIDTH = 400, 24


def articles(count):
    rng = np.random.default_rng(24)
    centres = rng.normal(size=(CLASSES, WIDTH))
    labels = rng.integers(0, CLASSES, count)
    return centres[labels] + 0.4 * rng.normal(size=(count, WIDTH)), labels


def to_categorical(labels, classes=CLASSES):
    encoded = np.zeros((len(labels), classes))
    encoded[np.arange(len(labels)), labels] = 1.0
    return encoded


def encoded_ahead(x, labels, size):
    y = to_categorical(labels)
    for start in range(0, len(x), size):
        yield x[start:start + size], y[start:start + size]


def encoded_by_batch(x, labels, size):
    for start in range(0, len(x), size):
        yield x[start:start + size], to_categorical(labels[start:start + size])


class Softmax:
    def __init__(self, rate=2.0):
        self.weights = np.zeros((WIDTH, CLASSES))
        self.rate = rate

    def probabilities(self, x):
        scores = x @ self.weights
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return scores

    def train_on_batch(self, x, y):
        p = self.probabilities(x)
        loss = -np.log(np.maximum((p * y).sum(axis=1), 1e-12)).mean()
        self.weights -= self.rate * x.T @ (p - y) / len(x)
        return loss


def fit(batches, epochs=5, size=250):
    x, labels = articles(22_000)
    model = Softmax()
    for _ in range(epochs):
        losses = [model.train_on_batch(bx, by) for bx, by in batches(x, labels, size)]
    guess = model.probabilities(x[:2000]).argmax(axis=1)
    print(len(losses), round(float(np.mean(losses)), 3), round(float((guess == labels[:2000]).mean()), 3))
    return model


@case("yy 24 one hot labels")
class _:
    def bad():
        return fit(encoded_ahead)

    def good():
        return fit(encoded_by_batch)


if __name__ == "__main__":
    kept = run()
