"""Sales mart: monthly CSV exports of a shop chain become one frame with compact columns."""
import os
import random
import sys
import tempfile

import pandas as pd
from pandas.api.types import union_categoricals

ARM = sys.argv[1] if len(sys.argv) > 1 else "bad"
BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
FOLDER = os.path.join(BASE, "r_exports")
LABELS = ["article", "store", "campaign", "channel"]


def write_exports():
    rng = random.Random(66)
    articles = [f"article {rng.choice(['slim', 'wide', 'soft', 'bold'])} {rng.randrange(10**6):06d}" for _ in range(2500)]
    stores = [f"store {rng.choice(['Nord', 'West', 'Mitte'])} {n:03d}" for n in range(220)]
    campaigns = [f"campaign-{rng.randrange(16**8):08x}" for _ in range(400)]
    channels = ["counter", "web shop", "telephone", "partner", "app"]
    os.makedirs(FOLDER + ".part", exist_ok=True)
    for month in range(1, 13):
        with open(os.path.join(FOLDER + ".part", f"2025-{month:02d}.csv"), "w") as out:
            out.write("day,article,store,campaign,channel,qty,cents\n")
            running = rng.sample(campaigns, 60)
            stock = rng.sample(articles, 1500)
            for _ in range(rng.randrange(90000, 110000)):
                out.write(f"{rng.randrange(1, 29)},{rng.choice(stock)},{rng.choice(stores)},{rng.choice(running)},"
                          f"{rng.choice(channels)},{rng.randrange(1, 12)},{rng.randrange(99, 19999)}\n")
    os.rename(FOLDER + ".part", FOLDER)


def ensure_exports():
    os.makedirs(BASE, exist_ok=True)
    if not os.path.exists(FOLDER):
        pid = os.fork()
        if pid == 0:
            write_exports()
            os._exit(0)
        os.waitpid(pid, 0)


def read_month(path):
    types = {name: "category" for name in LABELS} | {"day": "int8", "qty": "int8", "cents": "int32"}
    frame = pd.read_csv(path, dtype=types)
    frame["month"] = pd.Series(int(path[-6:-4]), index=frame.index, dtype="int8")
    return frame


def combine_bad(parts):
    return pd.concat(parts, ignore_index=True)


def combine_good(parts):
    for name in LABELS:
        shared = union_categoricals([part[name] for part in parts]).categories
        for part in parts:
            part[name] = part[name].cat.set_categories(shared)
    return pd.concat(parts, ignore_index=True)


class Mart:
    def __init__(self, folder):
        self.folder = folder
        self.sales = None

    def load(self):
        parts = [read_month(os.path.join(self.folder, name)) for name in sorted(os.listdir(self.folder))]
        combine = combine_bad if ARM == "bad" else combine_good
        self.sales = combine(parts)

    def turnover(self, label):
        """Summed piecewise, the pieces of a label are added up."""
        total = None
        for start in range(0, len(self.sales), 50000):
            part = self.sales.iloc[start:start + 50000]
            value = part["qty"].astype("int32") * part["cents"]
            piece = value.groupby(part[label], observed=True).sum().astype("int64")
            total = piece if total is None else total.add(piece, fill_value=0)
        return total

    def best(self, label):
        totals = self.turnover(label)
        return totals.idxmax(), int(totals.max())


def report(mart):
    lines = []
    for label in ("store", "campaign", "channel"):
        name, value = mart.best(label)
        lines.append(f"{label}: {name} {value / 100:.2f}")
    return "; ".join(lines)


def main():
    ensure_exports()
    mart = Mart(FOLDER)
    mart.load()
    print("rows", len(mart.sales), report(mart))
    return mart


if __name__ == "__main__":
    mart = main()
