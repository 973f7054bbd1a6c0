"""Validate a bird-call classifier on a long recording, window by window."""
import numpy as np

CLASSES = 420
FEATURES = 24
WINDOWS = 20_000
BATCH = 250


def prototypes(seed=12):
    return np.random.default_rng(seed).normal(size=(CLASSES, FEATURES)).astype(np.float32)


def validation_batches(centres):
    """Features and species of the recording's windows."""
    for lo in range(0, WINDOWS, BATCH):
        rng = np.random.default_rng(lo)
        y = rng.zipf(1.3, BATCH) % CLASSES
        x = centres[y] + rng.normal(scale=0.9, size=(BATCH, FEATURES)).astype(np.float32)
        yield x, y


class PrototypeModel:
    """Scores a window by its distance to the prototype of each class."""

    def __init__(self, centres):
        self.centres = centres
        self.offset = 0.5 * (centres * centres).sum(axis=1)

    def logits(self, x):
        return x @ self.centres.T - self.offset


class Metrics:
    def __init__(self, k=5):
        self.k = k
        self.seen = self.right = self.right_k = 0
        self.hits = np.zeros(CLASSES, dtype=np.int64)
        self.support = np.zeros(CLASSES, dtype=np.int64)
        self.predicted = np.zeros(CLASSES, dtype=np.int64)

    def update(self, logits, y):
        guess = logits.argmax(axis=1)
        good = guess == y
        own = logits[np.arange(len(y)), y]
        rank = np.zeros(len(y), dtype=np.int64)
        for column in range(CLASSES):
            rank += logits[:, column] > own
        self.seen += len(y)
        self.right += int(good.sum())
        self.right_k += int((rank < self.k).sum())
        self.hits += np.bincount(y[good], minlength=CLASSES)
        self.support += np.bincount(y, minlength=CLASSES)
        self.predicted += np.bincount(guess, minlength=CLASSES)

    def macro_f1(self):
        total = self.support + self.predicted
        f1 = 2 * self.hits[total > 0] / total[total > 0]
        return float(f1.mean())

    def report(self):
        print("windows", self.seen, "accuracy %.4f" % (self.right / self.seen),
              "top %d %.4f" % (self.k, self.right_k / self.seen))
        print("macro f1 %.4f" % self.macro_f1(), "species", int((self.support > 0).sum()))
        for species in np.argsort(-self.support, kind="stable")[:4].tolist():
            print(f"  species {species:3} {self.hits[species]}/{self.support[species]}")


def validate(model, batches):
    metrics = Metrics()
    outputs, targets = [], []
    for x, y in batches:
        logits = model.logits(x)
        outputs.append(logits)
        targets.append(y)
    logits = np.concatenate(outputs)
    metrics.update(logits, np.concatenate(targets))
    return metrics


def main():
    centres = prototypes()
    model = PrototypeModel(centres)
    metrics = validate(model, validation_batches(centres))
    metrics.report()


if __name__ == "__main__":
    main()
