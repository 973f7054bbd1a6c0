"""Study of neighbour classifiers: cross validation over a grid, all runs are kept in an experiment log."""
import itertools
import sys

import numpy as np
from sklearn.model_selection import KFold, cross_validate
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"


def make_customers(seed, rows=2500, columns=60):
    """Customers with a few informative columns and a churn label."""
    rng = np.random.default_rng(seed)
    table = rng.gamma(2.0, 1.5, (rows, columns))
    signal = table[:, :6] @ rng.normal(0, 1, 6) + rng.normal(0, 1.5, rows)
    return table, (signal > np.median(signal)).astype(np.int8)


class Run:
    """One entry of the experiment log."""

    def __init__(self, params, scores, seconds, details):
        self.params = params
        self.scores = scores
        self.seconds = seconds
        self.details = details

    @property
    def mean(self):
        return float(np.mean(self.scores))


class ExperimentLog:
    def __init__(self):
        self.runs = []

    def add(self, run):
        self.runs.append(run)

    def best(self):
        return max(self.runs, key=lambda run: (round(run.mean, 6), -run.params["n_neighbors"]))


def evaluate_bad(model, table, labels, folds):
    return cross_validate(model, table, labels, cv=folds, scoring="accuracy", return_estimator=True)


def evaluate_good(model, table, labels, folds):
    return cross_validate(model, table, labels, cv=folds, scoring="accuracy")


class Study:
    def __init__(self, table, labels, log):
        self.table = table
        self.labels = labels
        self.log = log
        self.folds = KFold(4, shuffle=True, random_state=3)

    def model(self, params):
        return make_pipeline(StandardScaler(), KNeighborsClassifier(algorithm="brute", **params))

    def try_params(self, params):
        evaluate = evaluate_bad if ARM == "bad" else evaluate_good
        outcome = evaluate(self.model(params), self.table, self.labels, self.folds)
        scores = outcome.pop("test_score")
        seconds = float(outcome.pop("fit_time").sum() + outcome.pop("score_time").sum())
        self.log.add(Run(params, [float(s) for s in scores], seconds, outcome))

    def run(self, grid):
        for values in itertools.product(*grid.values()):
            self.try_params(dict(zip(grid, values)))


def summary(log):
    best = log.best()
    spread = max(run.mean for run in log.runs) - min(run.mean for run in log.runs)
    return f"runs {len(log.runs)} best {best.params['n_neighbors']}/{best.params['weights']} " \
           f"{best.mean:.4f} spread {spread:.4f}"


def main():
    table, labels = make_customers(40)
    log = ExperimentLog()
    study = Study(table, labels, log)
    study.run({"n_neighbors": [3, 5, 9, 15, 25, 41, 61], "weights": ["uniform", "distance"], "p": [2]})
    print(summary(log))
    return study


if __name__ == "__main__":
    study = main()
