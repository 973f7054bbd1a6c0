from dataclasses import dataclass, field
from itertools import product

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier

from harness import case, run


def customers(count, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(count, 8)).astype(np.float32)
    churned = x[:, 0] + x[:, 1] * x[:, 2] + rng.normal(0, 1.2, count) > 0.4
    return x, churned


@dataclass
class Search:
    """Tries the settings in turn and offers the model that did best."""

    train: tuple
    test: tuple
    trials: list = field(default_factory=list)

    def fit(self, depth, features):
        model = ExtraTreesClassifier(16, max_depth=depth, max_features=features, random_state=23)
        model.fit(*self.train)
        return model, model.score(*self.test)

    def run(self):
        for depth, features in product((14, 18, 22, 26), (2, 4, 6)):
            model, score = self.fit(depth, features)
            self.trials.append((score, depth, features, model))

    def best(self):
        return max(self.trials, key=lambda trial: trial[0])


@dataclass
class KeepBestSearch(Search):
    leader: tuple = (-1.0,)

    def run(self):
        for depth, features in product((14, 18, 22, 26), (2, 4, 6)):
            model, score = self.fit(depth, features)
            self.trials.append((score, depth, features))
            if score > self.leader[0]:
                self.leader = (score, depth, features, model)

    def best(self):
        return self.leader


def tune(kind):
    search = kind(customers(10_000, 1), customers(2_000, 2))
    search.run()
    score, depth, features, model = search.best()
    print(len(search.trials), "trials, best", round(score, 4), depth, features, len(model.estimators_))
    return search


@case("qq 23 churn search")
class _:
    def bad():
        return tune(Search)

    def good():
        return tune(KeepBestSearch)


if __name__ == "__main__":
    kept = run()
