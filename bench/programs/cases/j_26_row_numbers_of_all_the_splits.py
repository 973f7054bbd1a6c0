import gc
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


@case('26 row numbers of all the splits')
class _:
    def setup():
        import numpy
        import sklearn.linear_model
        import sklearn.model_selection

    def bad():
        import numpy as np
        from sklearn.linear_model import Ridge
        from sklearn.model_selection import ShuffleSplit

        def stability(features, target, repeats):
            """How far the weights move when other rows are left out."""
            splits = list(ShuffleSplit(n_splits=repeats, test_size=0.2, random_state=26).split(features))
            weights, scores = [], []
            for train, test in splits:
                model = Ridge(alpha=1.0).fit(features[train], target[train])
                weights.append(model.coef_)
                scores.append(model.score(features[test], target[test]))
            return np.std(weights, axis=0), np.mean(scores)

        rng = np.random.default_rng(26)
        features = rng.normal(size=(100_000, 3))
        target = features @ np.array([1.5, -2.0, 0.3]) + rng.normal(size=100_000)
        spread, score = stability(features, target, 110)
        print(np.round(spread, 6), round(score, 6))
        return spread

    def good():
        import numpy as np
        from sklearn.linear_model import Ridge
        from sklearn.model_selection import ShuffleSplit

        def stability(features, target, repeats):
            """How far the weights move when other rows are left out."""
            splits = ShuffleSplit(n_splits=repeats, test_size=0.2, random_state=26).split(features)
            weights, scores = [], []
            for train, test in splits:
                model = Ridge(alpha=1.0).fit(features[train], target[train])
                weights.append(model.coef_)
                scores.append(model.score(features[test], target[test]))
            return np.std(weights, axis=0), np.mean(scores)

        rng = np.random.default_rng(26)
        features = rng.normal(size=(100_000, 3))
        target = features @ np.array([1.5, -2.0, 0.3]) + rng.normal(size=100_000)
        spread, score = stability(features, target, 110)
        print(np.round(spread, 6), round(score, 6))
        return spread


if __name__ == "__main__":
    kept = run()
