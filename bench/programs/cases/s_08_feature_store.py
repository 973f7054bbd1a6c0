"""Feature job: customer by product spend from an order file, then a few features per customer."""
import csv
import os
import random
import sys
import tempfile
import pandas as pd

DIR = os.path.join(tempfile.gettempdir(), "memory-cases")
ORDERS = os.path.join(DIR, "tt-orders.csv")
CHANNELS = ["web", "app", "shop", "phone"]


def write_orders():
    rng = random.Random(19)
    with open(ORDERS + ".part", "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["customer", "product", "channel", "quantity", "amount"])
        for _ in range(60_000):
            writer.writerow(["C%05d" % int(rng.betavariate(1, 2) * 2200), "P%04d" % int(rng.betavariate(1, 3) * 1500),
                             rng.choice(CHANNELS), rng.randrange(1, 9), "%.2f" % rng.lognormvariate(3, 1)])
    os.rename(ORDERS + ".part", ORDERS)


def prepare():
    os.makedirs(DIR, exist_ok=True)
    pid = os.fork()
    if pid == 0:
        if not os.path.exists(ORDERS):
            write_orders()
        os._exit(0)
    os.waitpid(pid, 0)


def load(path):
    return pd.read_csv(path, dtype={"customer": "category", "product": "category",
                                    "channel": "category", "quantity": "int16", "amount": "float32"})


class Aggregator:
    """Group sums with the settings of the job."""

    def __init__(self, arm):
        self.arm = arm

    def spend_bad(self, frame, keys):
        sums = frame.groupby(keys, observed=False)["amount"].sum()
        return sums[sums > 0]

    def spend_good(self, frame, keys):
        sums = frame.groupby(keys, observed=True)["amount"].sum()
        return sums[sums > 0]

    def spend(self, frame, keys):
        return self.spend_bad(frame, keys) if self.arm == "bad" else self.spend_good(frame, keys)


class FeatureJob:
    """Holds the aggregation and turns it into features."""

    def __init__(self, aggregator):
        self.aggregator = aggregator
        self.features = {}

    def affinity(self, frame):
        pairs = self.aggregator.spend(frame, ["customer", "product"])
        codes = pairs.index.codes[0]
        values = pairs.to_numpy()
        best, kinds = {}, {}
        for code, value in zip(codes.tolist(), values.tolist()):
            kinds[code] = kinds.get(code, 0) + 1
            if value > best.get(code, 0.0):
                best[code] = value
        self.features["best"] = best
        self.features["kinds"] = kinds
        return len(pairs)

    def channels(self, frame):
        shares = self.aggregator.spend(frame, ["channel"])
        self.features["channels"] = {name: round(float(v), 0) for name, v in shares.items()}

    def checks(self):
        best, kinds = self.features["best"], self.features["kinds"]
        return len(best), max(kinds.values()), round(max(best.values()), 2)


def main(arm):
    prepare()
    frame = load(ORDERS)
    job = FeatureJob(Aggregator(arm))
    pairs = job.affinity(frame)
    job.channels(frame)
    print("orders", len(frame), "pairs", pairs, "customers %d widest %d best %.2f" % job.checks(),
          sorted(job.features["channels"]))
    return job


if __name__ == "__main__":
    STATE = main(sys.argv[1])
