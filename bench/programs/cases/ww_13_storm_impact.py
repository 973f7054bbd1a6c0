"""Damage of single storm events over an exposure of many assets."""
import numpy as np
from scipy import sparse

from harness import case, run


def impact_matrix(events=260, assets=30_000, seed=1):
    rng = np.random.default_rng(seed)
    blocks = []
    for _ in range(events):
        hit = np.sort(rng.choice(assets, 150, replace=False))
        damage = rng.gamma(2.0, 1000.0, 150)
        row = sparse.csr_array((damage, (np.zeros(150, int), hit)), shape=(1, assets))
        blocks.append(row)
    return sparse.vstack(blocks, format="csr")


class Impact:
    def __init__(self, matrix, names):
        self.imp_mat = matrix
        self.event_names = names

    def at_event(self, event_id):
        return self.imp_mat.toarray()[event_id - 1, :]

    def loss(self, event_id):
        values = self.at_event(event_id)
        return float(values.sum()), int((values > 0).sum()), int(values.argmax())

    def return_level(self, years=100, draws=3000):
        """Bootstrap of the loss that is exceeded once in so many events."""
        rng = np.random.default_rng(2)
        totals = np.asarray(self.imp_mat.sum(axis=1)).ravel()
        levels = [np.quantile(rng.choice(totals, len(totals)), 1 - 1 / years) for _ in range(draws)]
        return float(np.mean(levels))

    def report(self, event_ids):
        return {self.event_names[n - 1]: self.loss(n) for n in event_ids}


class RowwiseImpact(Impact):
    def at_event(self, event_id):
        return self.imp_mat[[event_id - 1], :].toarray()[0]


def study(kind):
    matrix = impact_matrix()
    impact = kind(matrix, [f"storm {n}" for n in range(matrix.shape[0])])
    table = impact.report(range(1, 261, 16))
    for name, (total, assets, worst) in table.items():
        print(name, round(total, 3), assets, worst)
    print("level", round(impact.return_level(), 3))
    return impact


@case("ww 13 storm impact")
class _:
    def bad():
        return study(Impact)

    def good():
        return study(RowwiseImpact)


if __name__ == "__main__":
    kept = run()
