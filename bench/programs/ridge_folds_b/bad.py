"""Cross-validated ridge regression over a grid of penalties."""
import numpy as np

N_ROWS = 40_000
N_FEATURES = 64
N_FOLDS = 8
PENALTIES = (0.1, 10.0, 1000.0)


def load_data(seed=17):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((N_ROWS, N_FEATURES), dtype=np.float32)
    weights = rng.standard_normal(N_FEATURES, dtype=np.float32)
    y = x @ weights
    y += 2 * rng.standard_normal(N_ROWS, dtype=np.float32)
    return x, y


def fold_indices(n, k, seed=1):
    order = np.random.default_rng(seed).permutation(n)
    parts = np.array_split(order, k)
    for i in range(k):
        train = np.concatenate([p for j, p in enumerate(parts) if j != i])
        yield train, parts[i]


def make_folds(x, y):
    """The training and test data of each fold."""
    folds = []
    for train, test in fold_indices(len(x), N_FOLDS):
        folds.append((x[train], y[train], x[test], y[test]))
    return folds


def normal_equations(x, y):
    return (x.T @ x).astype(np.float64), (x.T @ y).astype(np.float64)


def solve(gram, moment, penalty):
    return np.linalg.solve(gram + penalty * np.eye(len(gram)), moment)


def test_error(x, y, weights):
    residual = y - x @ weights.astype(np.float32)
    return float(np.mean(residual ** 2, dtype=np.float64))


def cross_validate(folds):
    errors = {p: [] for p in PENALTIES}
    for x_train, y_train, x_test, y_test in folds:
        gram, moment = normal_equations(x_train, y_train)
        for penalty in PENALTIES:
            errors[penalty].append(test_error(x_test, y_test, solve(gram, moment, penalty)))
    return errors


def main():
    x, y = load_data()
    folds = make_folds(x, y)
    errors = cross_validate(folds)
    for penalty, values in errors.items():
        print("penalty", penalty, "folds", len(values), "mse %.3f" % np.mean(values))
    best = min(errors, key=lambda p: np.mean(errors[p]).round(3))
    print("best", best)


if __name__ == "__main__":
    main()
