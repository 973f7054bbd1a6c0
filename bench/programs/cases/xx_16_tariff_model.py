"""Fits what a policy costs to its district and its vehicle."""
import numpy as np
from sklearn.linear_model import Ridge
from sklearn.preprocessing import OneHotEncoder

from harness import case, run


class Portfolio:
    def __init__(self, size):
        rng = np.random.default_rng(16)
        districts, vehicles = 420, 260
        self.codes = np.column_stack((rng.integers(0, districts, size), rng.integers(0, vehicles, size)))
        base = rng.normal(40, 8, districts)[self.codes[:, 0]] + rng.normal(60, 15, vehicles)[self.codes[:, 1]]
        self.claims = base + rng.normal(0, 5, size)

    def batches(self, size=2000):
        for start in range(0, len(self.codes), size):
            yield self.codes[start:start + size], self.claims[start:start + size]


class Tariff:
    def __init__(self, encoder):
        self.encoder = encoder
        self.model = Ridge(alpha=1.0, solver="lsqr", fit_intercept=False, copy_X=False, tol=1e-8)

    def fit(self, portfolio):
        self.features = self.encoder.fit_transform(portfolio.codes)
        self.model.fit(self.features, portfolio.claims)
        return self

    def error(self, portfolio):
        lost = 0.0
        for codes, claims in portfolio.batches():
            lost += float(np.abs(self.model.predict(self.encoder.transform(codes)) - claims).sum())
        return lost / len(portfolio.codes)

    def residuals(self, portfolio):
        return portfolio.claims - self.model.predict(self.features)


def calibrate(encoder):
    portfolio = Portfolio(28_000)
    tariff = Tariff(encoder).fit(portfolio)
    spread = float(tariff.residuals(portfolio).std())
    print(f"error {tariff.error(portfolio):.3f} spread {spread:.3f}")
    return tariff


@case("xx 16 tariff model")
class _:
    def bad():
        return calibrate(OneHotEncoder(sparse_output=False))

    def good():
        return calibrate(OneHotEncoder())


if __name__ == "__main__":
    kept = run()
