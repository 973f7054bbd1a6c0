"""Survey analysis: weighted satisfaction by municipality, occupation and age band."""
import os
import sys
import tempfile

import numpy as np
import pandas as pd

BASE = os.path.join(tempfile.gettempdir(), "memory-cases")
AGES = ["<18", "18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+"]
CHANNELS = ["web", "phone", "paper", "app"]


def build_answers(path):
    rng = np.random.default_rng(31)
    count = 120_000
    towns = np.array([f"M{k:04d}" for k in rng.permutation(9000)[:900]])
    jobs = np.array([f"{a}-{b}" for a in ("clerk", "nurse", "driver", "teacher", "cook", "farmer", "smith", "coder")
                     for b in range(36)])
    town_pick = (rng.pareto(1.1, count) * 9).astype(int) % len(towns)
    job_pick = (rng.pareto(1.2, count) * 12).astype(int) % len(jobs)
    frame = pd.DataFrame({
        "town": towns[town_pick], "job": jobs[job_pick],
        "age": np.array(AGES)[rng.integers(0, len(AGES), count)],
        "channel": np.array(CHANNELS)[rng.integers(0, len(CHANNELS), count)],
        "weight": rng.gamma(3.0, 0.4, count).round(4),
        "score": np.clip(rng.normal(6.2, 2.1, count), 0, 10).round(1),
        "minutes": rng.lognormal(2.2, 0.5, count).round(2)})
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


def load(path):
    kinds = {"town": "category", "job": "category", "age": "category", "channel": "category",
             "weight": "float32", "score": "float32", "minutes": "float32"}
    return pd.read_csv(path, dtype=kinds)


def clean(frame):
    keep = frame["minutes"].between(2, 60) & (frame["weight"] > 0.05)
    frame = frame[keep]
    frame["ws"] = frame["score"].astype("float64") * frame["weight"]
    return frame


class Cube:
    """Aggregates over any subset of the background variables."""

    def __init__(self, frame):
        self.frame = frame

    def cells_bad(self, keys):
        grouped = self.frame.groupby(keys, observed=False)
        return grouped.agg(n=("score", "size"), ws=("ws", "sum"), w=("weight", "sum"))

    def cells_good(self, keys):
        grouped = self.frame.groupby(keys, observed=True)
        return grouped.agg(n=("score", "size"), ws=("ws", "sum"), w=("weight", "sum"))


class Analysis:
    def __init__(self, frame, arm):
        self.cube = Cube(frame)
        self.cells = self.cube.cells_bad if arm == "bad" else self.cube.cells_good

    def table(self, keys, minimum):
        cells = self.cells(keys)
        cells = cells[cells["n"] >= minimum]
        return (cells["ws"] / cells["w"]).sort_values()

    def overview(self):
        lines = []
        for keys, minimum in ((["age"], 30), (["channel", "age"], 30), (["town", "age"], 12),
                              (["job", "age", "channel"], 10), (["town", "job", "age"], 5)):
            means = self.table(keys, minimum)
            lines.append((":".join(keys), len(means), round(float(means.mean()), 3), round(float(means.iloc[-1]), 3)))
        return lines


def main(arm):
    frame = clean(load(prepared("xx-survey.csv", build_answers)))
    analysis = Analysis(frame, arm)
    overview = analysis.overview()
    print(len(frame), overview)
    return analysis


if __name__ == "__main__":
    ANALYSIS = main(sys.argv[1])
