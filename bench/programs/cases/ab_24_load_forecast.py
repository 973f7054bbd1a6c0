"""Forecasts the load of a grid from the last four days with a linear model trained in batches."""
import numpy as np

from harness import case, run

LOOKBACK = 384


def quarter_hours(days):
    t = np.arange(days * 96, dtype=np.float32)
    rng = np.random.default_rng(24)
    load = 50 + 12 * np.sin(t / 96 * 2 * np.pi) + 5 * np.sin(t / 672 * 2 * np.pi)
    return (load + rng.normal(0, 0.8, t.size)).astype(np.float32) / 100


class History:
    def __init__(self, series):
        self.inputs = np.array([series[n:n + LOOKBACK] for n in range(len(series) - LOOKBACK)])
        self.targets = series[LOOKBACK:]

    def __len__(self):
        return len(self.targets)

    def batch(self, rows):
        return self.inputs[rows], self.targets[rows]


class LoadHistory(History):
    def __init__(self, series):
        self.inputs = np.lib.stride_tricks.sliding_window_view(series, LOOKBACK)[:-1]
        self.targets = series[LOOKBACK:]


class LinearForecast:
    def __init__(self):
        self.weights = np.zeros(LOOKBACK, dtype=np.float32)

    def step(self, inputs, targets, rate=0.004):
        error = inputs @ self.weights - targets
        self.weights -= rate * (inputs.T @ error) / np.float32(len(targets))
        return float(np.abs(error).mean())


def train(history, epochs=8, size=256):
    model = LinearForecast()
    rng = np.random.default_rng(5)
    for _ in range(epochs):
        order = rng.permutation(len(history))
        losses = [model.step(*history.batch(order[start:start + size]))
                  for start in range(0, len(order), size)]
    print(f"{len(history)} samples, mean error {np.mean(losses) * 100:.2f} MW")
    return history


@case("ab 24 load forecast")
class _:
    def bad():
        return train(History(quarter_hours(1100)))

    def good():
        return train(LoadHistory(quarter_hours(1100)))


if __name__ == "__main__":
    kept = run()
