"""Robust calibration of a flow meter by iteratively re-weighted least squares."""
import numpy as np

N_RUNS = 4600
DEGREE = 4


def calibration_runs(seed=21):
    rng = np.random.default_rng(seed)
    flow = rng.uniform(0.05, 1.0, N_RUNS)
    temperature = rng.uniform(5, 40, N_RUNS)
    reading = 0.4 + 2.1 * flow - 0.7 * flow ** 2 + 0.012 * temperature + rng.normal(0, 0.02, N_RUNS)
    broken = rng.random(N_RUNS) < 0.06
    reading[broken] += rng.uniform(0.5, 3.0, broken.sum())
    return flow, temperature, reading


def design(flow, temperature):
    columns = [flow ** k for k in range(DEGREE + 1)]
    columns.append(temperature)
    columns.append(temperature * flow)
    return np.column_stack(columns)


def solve_weighted(x, y, weights, ridge=1e-6):
    xw = x * weights[:, np.newaxis]
    normal = xw.T @ x + ridge * np.eye(x.shape[1])
    return np.linalg.solve(normal, xw.T @ y)


def huber_weights(residual, k=1.345):
    scale = 1.4826 * np.median(np.abs(residual - np.median(residual)))
    ratio = np.abs(residual) / (k * scale)
    return 1.0 / np.maximum(1.0, ratio)


class RobustFit:
    def __init__(self, max_rounds=6, tolerance=1e-5):
        self.max_rounds = max_rounds
        self.tolerance = tolerance
        self.coefficients = None
        self.rounds = 0

    def fit(self, x, y):
        weights = np.ones(len(y))
        previous = None
        for self.rounds in range(1, self.max_rounds + 1):
            self.coefficients = solve_weighted(x, y, weights)
            if previous is not None and np.abs(self.coefficients - previous).max() < self.tolerance:
                break
            previous = self.coefficients
            weights = huber_weights(y - x @ self.coefficients)
        self.weights = weights
        return self

    def outliers(self, limit=0.25):
        return np.flatnonzero(self.weights < limit)


def main():
    flow, temperature, reading = calibration_runs()
    x = design(flow, temperature)
    fit = RobustFit().fit(x, reading)
    print("runs", N_RUNS, "rounds", fit.rounds)
    print("coefficients", " ".join("%.3f" % c for c in fit.coefficients))
    residual = reading - x @ fit.coefficients
    inside = np.delete(residual, fit.outliers())
    print("outliers", len(fit.outliers()), "rms %.4f" % np.sqrt(np.mean(inside ** 2)))


if __name__ == "__main__":
    main()
