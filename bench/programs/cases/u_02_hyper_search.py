"""Random search over kernel-feature ridge models; failed trials stay on the board."""
import sys

import numpy as np

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
ROWS, COLS, TRIALS = 9_000, 14, 60


class Trial:
    __slots__ = ("number", "params", "score", "state", "problem")

    def __init__(self, number, params):
        self.number = number
        self.params = params
        self.score = None
        self.state = "running"
        self.problem = None


class Leaderboard:
    def __init__(self):
        self.trials = []

    def open(self, params):
        trial = Trial(len(self.trials), params)
        self.trials.append(trial)
        return trial

    def finish(self, trial, score):
        trial.score = score
        trial.state = "done"

    def fail_bad(self, trial, error):
        trial.state = "failed"
        trial.problem = error

    def fail_good(self, trial, error):
        trial.state = "failed"
        trial.problem = f"{type(error).__name__}: {error}"

    def fail(self, trial, error):
        if ARM == "bad":
            self.fail_bad(trial, error)
        else:
            self.fail_good(trial, error)

    def best(self):
        return max((t for t in self.trials if t.state == "done"), key=lambda t: t.score)


def make_data(rng):
    x = rng.standard_normal((ROWS, COLS), dtype=np.float32)
    signal = np.sin(x[:, 0]) + 0.5 * x[:, 1] * x[:, 2] - 0.2 * x[:, 3]
    y = signal + 0.1 * rng.standard_normal(ROWS, dtype=np.float32)
    return x, y


class FourierRidge:
    """Random Fourier features and a ridge solved by Cholesky."""

    def __init__(self, width, gamma, alpha, seed):
        self.width, self.gamma, self.alpha = width, gamma, alpha
        rng = np.random.default_rng(seed)
        self.freq = (gamma * rng.standard_normal((COLS, width))).astype(np.float32)
        if gamma < 0.02:
            self.freq[:, 1] = self.freq[:, 0]
        self.weights = None

    def features(self, x):
        z = x @ self.freq
        np.sin(z, out=z)
        return z

    def solve(self, gram, target):
        gram[np.diag_indices_from(gram)] += self.alpha
        chol = np.linalg.cholesky(gram)
        return np.linalg.solve(chol.T, np.linalg.solve(chol, target))

    def fit(self, x, y):
        design = self.features(x)
        self.weights = self.solve(design.T @ design, design.T @ y)
        return self

    def score(self, x, y):
        resid = y - self.features(x) @ self.weights
        return 1.0 - float((resid ** 2).mean() / y.var())


def sample(rng):
    return {
        "width": int(rng.integers(80, 160)),
        "gamma": float(10 ** rng.uniform(-3.0, 0.0)),
        "alpha": float(rng.choice([0.0, -0.5, 0.1, 1.0])),
    }


def evaluate(params, data, number):
    x, y, xv, yv = data
    model = FourierRidge(seed=number, **params)
    return model.fit(x, y).score(xv, yv)


def run_search(board, data, rng):
    for number in range(TRIALS):
        trial = board.open(sample(rng))
        try:
            board.finish(trial, evaluate(trial.params, data, number))
        except np.linalg.LinAlgError as exc:
            board.fail(trial, exc)


def main():
    rng = np.random.default_rng(5)
    x, y = make_data(rng)
    cut = ROWS * 4 // 5
    board = Leaderboard()
    run_search(board, (x[:cut], y[:cut], x[cut:], y[cut:]), rng)
    failed = [t for t in board.trials if t.state == "failed"]
    reasons = {str(t.problem).split(": ")[-1] for t in failed}
    best = board.best()
    print(f"trials={len(board.trials)} failed={len(failed)} reasons={len(reasons)} "
          f"best={best.number} r2={best.score:.3f}")
    return board


BOARD = main()
