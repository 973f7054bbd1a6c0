"""Design matrix of a sales model: one indicator column per town."""
import numpy as np
import pandas as pd

from harness import case, run


def sales(rows=50_000, towns=1200, seed=6):
    rng = np.random.default_rng(seed)
    town = pd.Categorical.from_codes(rng.integers(0, towns, rows), [f"town{n:04}" for n in range(towns)])
    return pd.DataFrame({
        "town": town,
        "price": rng.gamma(3.0, 20.0, rows).round(2),
        "week": rng.integers(1, 53, rows),
    })


class DesignMatrix:
    def __init__(self, frame):
        self.price = frame["price"].to_numpy()
        self.indicators = self.encode(frame["town"])

    def encode(self, column):
        return pd.get_dummies(column, prefix="in")

    def column_sums(self):
        return np.array([int(self.indicators[name].sum()) for name in self.indicators.columns])

    def town_mean(self, name):
        chosen = np.asarray(self.indicators[f"in_{name}"], dtype=bool)
        return round(float(self.price[chosen].mean()), 4)


class SparseDesignMatrix(DesignMatrix):
    def encode(self, column):
        return pd.get_dummies(column, prefix="in", sparse=True)


def fit(kind):
    design = kind(sales())
    sums = design.column_sums()
    print(design.indicators.shape, int(sums.sum()), int(sums.max()), design.town_mean("town0042"))
    return design


@case("ww 19 city dummies")
class _:
    def bad():
        return fit(DesignMatrix)

    def good():
        return fit(SparseDesignMatrix)


if __name__ == "__main__":
    kept = run()
