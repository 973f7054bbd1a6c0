"""A/B test evaluator: attributes purchases to the first exposure of each user."""
import os
import sys
import tempfile

import numpy as np
import pandas as pd

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
DAY = 86_400


def build_exposures(path):
    rng = np.random.default_rng(14)
    users = rng.permutation(10**7)[:22_000]
    shown = rng.geometric(0.16, len(users))
    user = np.repeat(users, shown)
    variant = np.repeat(np.where(rng.random(len(users)) < 0.5, "control", "treatment"), shown)
    frame = pd.DataFrame({"user": user, "variant": variant, "seen": rng.integers(0, 6 * DAY, len(user)),
                          "page": rng.integers(1, 60, len(user))})
    frame.sort_values("seen", kind="stable").to_csv(path, index=False)


def build_events(path):
    rng = np.random.default_rng(15)
    users = np.random.default_rng(14).permutation(10**7)[:22_000]
    count = 260_000
    frame = pd.DataFrame({"event": np.arange(count) * 13 + 5,
                          "user": rng.choice(users, count), "at": rng.integers(0, 9 * DAY, count),
                          "amount": rng.lognormal(2.5, 0.8, count).round(2), "items": rng.integers(1, 7, count)})
    frame.to_csv(path, index=False)


def prepared(name, build):
    path = os.path.join(BASE, name)
    if not os.path.exists(path):
        pid = os.fork()
        if pid == 0:
            try:
                os.makedirs(BASE, exist_ok=True)
                build(path + ".part")
                os.rename(path + ".part", path)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
    return path


class Warehouse:
    def __init__(self):
        self.exposure_path = prepared("xx-exposures.csv", build_exposures)
        self.event_path = prepared("xx-events.csv", build_events)

    def exposures(self):
        kinds = {"user": "int32", "variant": "category", "seen": "int32", "page": "int16"}
        return pd.read_csv(self.exposure_path, dtype=kinds)

    def events(self):
        kinds = {"event": "int32", "user": "int32", "at": "int32", "amount": "float32", "items": "int16"}
        return pd.read_csv(self.event_path, dtype=kinds)


def attribute_bad(exposures, events):
    joined = exposures.merge(events, on="user", how="inner")
    joined = joined.sort_values(["seen", "page"], kind="stable")
    return joined.drop_duplicates("event")


def attribute_good(exposures, events):
    first = exposures.sort_values(["seen", "page"], kind="stable").drop_duplicates("user")
    return first.merge(events, on="user", how="inner")


class Evaluation:
    def __init__(self, warehouse, attribute):
        self.warehouse = warehouse
        self.attribute = attribute
        self.sizes = {}

    def purchases(self):
        exposures, events = self.warehouse.exposures(), self.warehouse.events()
        self.sizes = exposures.groupby("variant", observed=True)["user"].nunique().to_dict()
        rows = self.attribute(exposures, events)
        return rows[(rows["at"] >= rows["seen"]) & (rows["at"] < rows["seen"] + 3 * DAY)]

    def report(self):
        rows = self.purchases().sort_values("event")
        per_user = rows.groupby(["variant", "user"], observed=True)["amount"].sum().astype("float64")
        result = {}
        for variant, size in sorted(self.sizes.items()):
            spent = per_user.loc[variant]
            mean = spent.sum() / size
            variance = (spent ** 2).sum() / size - mean ** 2
            result[variant] = (size, len(spent), round(float(mean), 3), round(float((variance / size) ** 0.5), 4))
        return result


def main(arm):
    attribute = attribute_bad if arm == "bad" else attribute_good
    evaluation = Evaluation(Warehouse(), attribute)
    print(evaluation.report())
    return evaluation


if __name__ == "__main__":
    EVALUATION = main(sys.argv[1])
