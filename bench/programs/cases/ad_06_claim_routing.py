"""Trains the model that routes insurance claims to a team."""
import numpy as np
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder

from harness import case, run

CLAIMS, GARAGES, TOWNS, CAUSES = 11_000, 1_600, 420, 30


class ClaimHistory:
    columns = ("garage", "town", "cause")

    def __init__(self, count, seed=5):
        rng = np.random.default_rng(seed)
        garage = rng.integers(0, GARAGES, count)
        town = (garage // 4 + rng.integers(0, 6, count)) % TOWNS
        cause = rng.integers(0, CAUSES, count)
        self.features = np.column_stack([garage, town, cause])
        self.team = (garage % 5 + cause % 3) % 6

    def split(self, share=0.8):
        edge = int(len(self.features) * share)
        return ((self.features[:edge], self.team[:edge]),
                (self.features[edge:], self.team[edge:]))


class RoutingModel:
    encoder_options = {"sparse_output": False}

    def __init__(self):
        encoder = OneHotEncoder(handle_unknown="ignore", **self.encoder_options)
        self.pipeline = Pipeline([("encode", encoder), ("route", MultinomialNB(alpha=0.5))])

    def fit(self, features, team):
        self.pipeline.fit(features, team)
        return self

    def hits(self, features, team):
        return int((self.pipeline.predict(features) == team).sum())

    @property
    def width(self):
        return sum(len(values) for values in self.pipeline["encode"].categories_)


class CompactRoutingModel(RoutingModel):
    encoder_options = {"sparse_output": True}


def train(model):
    known, held_out = ClaimHistory(CLAIMS).split()
    model.fit(*known)
    print(f"{model.width} inputs, {model.hits(*held_out)} of {len(held_out[1])} claims routed rightly")
    return model


@case("ad 06 claim routing")
class _:
    def bad():
        return train(RoutingModel())

    def good():
        return train(CompactRoutingModel())


if __name__ == "__main__":
    kept = run()
