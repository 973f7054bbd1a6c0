import csv

import numpy as np
from sklearn.cluster import DBSCAN

from harness import case, fixture, run

STOPS = 9
DAYS = 20
EPS = 0.0045


def build(path):
    """Positions of a courier fleet as the devices send them: three decimals."""
    rng = np.random.default_rng(11)
    stops = np.column_stack([48.0 + 0.05 * np.arange(STOPS), 11.0 + 0.04 * (np.arange(STOPS) % 4)])
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        for day in range(DAYS):
            points = stops[rng.integers(0, STOPS, 9000)] + rng.normal(0, 0.0012, (9000, 2))
            writer.writerows((day, "%.3f" % lat, "%.3f" % lon) for lat, lon in points)


def read_days(path):
    days = [[] for _ in range(DAYS)]
    with open(path, newline="") as rows:
        for day, lat, lon in csv.reader(rows):
            days[int(day)].append((float(lat), float(lon)))
    return (np.array(pings) for pings in days)


def cluster_pings(pings):
    model = DBSCAN(eps=EPS, min_samples=12, algorithm="ball_tree")
    return model.fit_predict(pings)


def cluster_places(pings):
    model = DBSCAN(eps=EPS, min_samples=12, algorithm="ball_tree")
    places, where, visits = np.unique(pings, axis=0, return_inverse=True, return_counts=True)
    return model.fit_predict(places, sample_weight=visits)[where.ravel()]


class StopReport:
    def __init__(self, pings, labels):
        self.rows = []
        for label in range(labels.max() + 1):
            mine = pings[labels == label]
            lat, lon = mine.mean(axis=0)
            self.rows.append((round(float(lat), 4), round(float(lon), 4), len(mine)))
        self.noise = int((labels == -1).sum())

    def show(self):
        stops = sorted(self.rows)
        print(len(stops), stops[0][2], self.noise)


def all_days(cluster):
    for pings in read_days(fixture("zz_13_pings.csv", build)):
        StopReport(pings, cluster(pings)).show()


@case("zz 13 ping clusters")
class _:
    def bad():
        all_days(cluster_pings)

    def good():
        all_days(cluster_places)


if __name__ == "__main__":
    kept = run()
