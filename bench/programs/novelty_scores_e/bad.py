"""Out-of-distribution detection with class-conditional Gaussians."""
import numpy as np

DIM = 48
CLASSES = 5


class FeatureSource:
    """Stands in for the penultimate layer of a trained network."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.centres = self.rng.normal(0, 2.0, size=(CLASSES, DIM))
        self.mix = self.rng.normal(0, 0.4, size=(DIM, DIM)) + np.eye(DIM)

    def batch(self, count, shift=0.0):
        labels = self.rng.integers(0, CLASSES, size=count)
        noise = self.rng.normal(size=(count, DIM)) @ self.mix
        return self.centres[labels] + noise + shift, labels


class MahalanobisDetector:
    def fit(self, features, labels):
        self.means = np.stack([features[labels == c].mean(axis=0) for c in range(CLASSES)])
        centred = features - self.means[labels]
        covariance = centred.T @ centred / len(centred)
        self.precision = np.linalg.inv(covariance + 1e-6 * np.eye(DIM))
        return self

    def class_scores(self, features, mean):
        centred = features - mean
        return -0.5 * np.diag(centred @ self.precision @ centred.T)

    def score(self, features):
        """Negative log-likelihood under the nearest class (high: novel)."""
        best = np.full(len(features), -np.inf)
        for mean in self.means:
            np.maximum(best, self.class_scores(features, mean), out=best)
        return -best


def auroc(known, novel):
    values = np.concatenate([known, novel])
    ranks = np.empty(len(values))
    ranks[values.argsort()] = np.arange(1, len(values) + 1)
    positive = ranks[len(known):].sum() - len(novel) * (len(novel) + 1) / 2
    return positive / (len(known) * len(novel))


def main():
    source = FeatureSource(3)
    detector = MahalanobisDetector().fit(*source.batch(6000))
    known, _ = source.batch(3200)
    known_scores = detector.score(known)
    print(f"known mean {known_scores.mean():.3f} "
          f"95% {np.quantile(known_scores, 0.95):.3f}")
    for shift in (0.25, 0.5, 1.0):
        novel, _ = source.batch(3200, shift)
        scores = detector.score(novel)
        print(f"shift {shift} mean {scores.mean():.3f} "
              f"auroc {auroc(known_scores, scores):.4f}")


if __name__ == "__main__":
    main()
