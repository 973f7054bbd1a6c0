import numpy as np

from harness import case, run

CUSTOMERS = 45_000
SIGNALS = 360
BATCH = 100


def load_customers():
    rng = np.random.default_rng(11)
    signals = rng.standard_normal((CUSTOMERS, SIGNALS), dtype=np.float32)
    churned = signals[:, 0] + signals[:, 1] > 0.5
    return signals, churned


class ChurnModel:
    def __init__(self, signals, churned):
        self.signals = signals
        self.churned = churned
        self.weights = np.zeros(SIGNALS, dtype=np.float32)
        self.rng = np.random.default_rng(5)

    def batches(self):
        order = self.rng.permutation(len(self.signals))
        signals, churned = self.signals[order], self.churned[order]
        for start in range(0, len(order), BATCH):
            yield signals[start:start + BATCH], churned[start:start + BATCH]

    def step(self, signals, churned):
        guess = 1.0 / (1.0 + np.exp(-(signals @ self.weights)))
        self.weights += 0.1 / len(churned) * (signals.T @ (churned - guess))

    def fit(self, epochs):
        for _ in range(epochs):
            for signals, churned in self.batches():
                self.step(signals, churned)
        return self


class BatchIndexChurnModel(ChurnModel):
    def batches(self):
        order = self.rng.permutation(len(self.signals))
        for start in range(0, len(order), BATCH):
            rows = order[start:start + BATCH]
            yield self.signals[rows], self.churned[rows]


def train(model_class):
    model = model_class(*load_customers()).fit(epochs=15)
    print("strongest", np.argsort(-model.weights)[:2].tolist(), [round(float(w), 2) for w in model.weights[:2]])
    return model


@case("oo 15 churn model")
class _:
    def bad():
        return train(ChurnModel)

    def good():
        return train(BatchIndexChurnModel)


if __name__ == "__main__":
    kept = run()
