"""Attributes what users bought to the channels over which they came."""
import numpy as np
import pandas as pd

from harness import case, fixture, run

CHANNELS = ["mail", "search", "social", "partner", "direct"]


def build_events(path):
    rng = np.random.default_rng(17)
    visits, orders, users = 90_000, 70_000, 2000
    pd.concat([
        pd.DataFrame({"kind": "visit", "user": rng.integers(0, users, visits),
                      "channel": rng.integers(0, len(CHANNELS), visits), "cents": 0}),
        pd.DataFrame({"kind": "order", "user": rng.integers(0, users, orders),
                      "channel": 0, "cents": rng.integers(100, 9000, orders)}),
    ]).to_csv(path, index=False)


def read_events(path):
    dtypes = {"kind": "category", "user": "int32", "channel": "int8", "cents": "int32"}
    events = pd.read_csv(path, dtype=dtypes)
    visits = events.loc[events["kind"] == "visit", ["user", "channel"]]
    orders = events.loc[events["kind"] == "order", ["user", "cents"]]
    return visits, orders


def pair_touches(visits, orders):
    touches = visits.merge(orders, on="user")
    touches["cents"] = touches["cents"].astype("int64")
    return touches.groupby("channel")["cents"].sum()


def spread_totals(visits, orders):
    spent = orders.groupby("user")["cents"].sum().rename("cents").astype("int64")
    touches = visits.merge(spent, left_on="user", right_index=True)
    return touches.groupby("channel")["cents"].sum()


class Report:
    def __init__(self, attribute):
        self.attribute = attribute

    def build(self, path):
        visits, orders = read_events(path)
        revenue = self.attribute(visits, orders)
        return {CHANNELS[channel]: int(cents) // 100 for channel, cents in revenue.items()}


def publish(attribute):
    report = Report(attribute).build(fixture("xx_17_events.csv", build_events))
    print(" ".join(f"{channel}={euros}" for channel, euros in sorted(report.items())))
    return report


@case("xx 17 channel revenue")
class _:
    def setup():
        fixture("xx_17_events.csv", build_events)

    def bad():
        return publish(pair_touches)

    def good():
        return publish(spread_totals)


if __name__ == "__main__":
    kept = run()
