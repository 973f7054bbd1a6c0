"""Storm impact model: exposure damage per event from a sparse impact matrix."""
import numpy as np
from scipy import sparse

EVENTS = 2500
POINTS = 8000
HITS_PER_EVENT = 60


class Exposure:
    def __init__(self, points):
        index = np.arange(points)
        self.value = 1000.0 + (index * 7919) % 50000
        self.region = (index * 31) % 12


def simulate_impacts(events, points, hits):
    """Relative damage of every exposed point, one row per event."""
    event = np.repeat(np.arange(events), hits)
    point = (event * 4253 + np.tile(np.arange(hits) * 127, events)) % points
    damage = ((event * 13 + point * 7) % 100 + 1) / 200.0
    return sparse.csr_matrix((damage, (event, point)), shape=(events, points))


class ImpactModel:
    def __init__(self, exposure, impacts):
        self.exposure = exposure
        self.impacts = impacts

    def total_by_event(self):
        return self.impacts @ self.exposure.value

    def event_damage(self, event):
        fractions = self.impacts[event].toarray()[0]
        return fractions * self.exposure.value

    def by_region(self, event):
        return np.bincount(self.exposure.region, weights=self.event_damage(event), minlength=12)

    def return_level(self, years):
        totals = np.sort(self.total_by_event())[::-1]
        return totals[max(len(totals) // years - 1, 0)]


def worst_events(model, count):
    totals = model.total_by_event()
    return np.argsort(-totals, kind="stable")[:count]


def describe(model, event):
    regions = model.by_region(event)
    worst = int(np.argmax(regions))
    return f"event {event}: total {regions.sum():.1f}, worst region {worst} with {regions[worst]:.1f}"


def main():
    exposure = Exposure(POINTS)
    model = ImpactModel(exposure, simulate_impacts(EVENTS, POINTS, HITS_PER_EVENT))
    print("stored impacts", model.impacts.nnz)
    for years in (10, 50, 100):
        print("return level", years, f"{model.return_level(years):.1f}")
    for event in worst_events(model, 5):
        print(describe(model, event))


if __name__ == "__main__":
    main()
