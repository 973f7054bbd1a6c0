"""Loads the visits of a web shop and keeps them for the statistics that the dashboard asks for."""
import numpy as np
import pandas as pd

from harness import case, fixture, run

ROWS = 1_500_000
COUNTRIES = ["Germany", "Switzerland", "Netherlands", "United Kingdom", "Austria", "Czech Republic"]
BROWSERS = ["Firefox on Windows", "Chrome on Android", "Safari on iPhone", "Edge on Windows"]
SOURCES = ["newsletter of the week", "search engine", "price comparison site", "direct visit"]
PAGES = [f"/catalogue/department-{n:02d}/overview" for n in range(40)]


def build(path):
    rng = np.random.default_rng(12)
    pd.DataFrame({
        "country": rng.choice(COUNTRIES, ROWS),
        "browser": rng.choice(BROWSERS, ROWS),
        "source": rng.choice(SOURCES, ROWS),
        "page": rng.choice(PAGES, ROWS),
        "seconds": rng.integers(1, 900, ROWS),
    }).to_csv(path, index=False)


TYPES = {"seconds": "int16"}
LABELS = ["country", "browser", "source", "page"]


class VisitStore:
    def __init__(self, types):
        self.types = types
        self.visits = None

    def load(self, path):
        self.visits = pd.read_csv(path, dtype=self.types)

    def seconds_by(self, column):
        groups = self.visits.groupby(column, observed=True, sort=True)
        return groups["seconds"].sum()

    def longest(self, column):
        totals = self.seconds_by(column)
        name = totals.idxmax()
        return f"{name}: {int(totals[name])}"


def dashboard(types):
    store = VisitStore(types)
    store.load(fixture("ac_12_visit_log.csv", build))
    print("; ".join(store.longest(column) for column in LABELS))
    return store


@case("ac 12 visit statistics")
class _:
    def bad():
        return dashboard(TYPES)

    def good():
        return dashboard({**TYPES, **dict.fromkeys(LABELS, "category")})


if __name__ == "__main__":
    kept = run()
