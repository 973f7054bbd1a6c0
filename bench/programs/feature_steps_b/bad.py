"""Feature preparation in named steps with a log of what each step did to the table."""
import numpy as np
import pandas as pd

N_ROWS = 150_000


def load_trips(seed=9):
    rng = np.random.default_rng(seed)
    frame = {}
    for name in ("distance", "duration", "fare", "tip", "tolls", "pickup_x", "pickup_y",
                 "drop_x", "drop_y", "surcharge"):
        frame[name] = rng.random(N_ROWS) * 30
    return pd.DataFrame(frame)


class Preparation:
    """Runs the steps in turn and remembers them for the data sheet."""

    def __init__(self):
        self.steps = []
        self.log = []

    def step(self, func):
        self.steps.append(func)
        return func

    def run(self, table):
        self.record("raw", table)
        for func in self.steps:
            table = func(table)
            self.record(func.__name__, table)
        return table

    def record(self, name, table):
        self.log.append((name, table.copy()))

    def data_sheet(self):
        for name, table in self.log:
            yield name, len(table), table.shape[1], float(table["fare"].mean())


prep = Preparation()


@prep.step
def drop_short(table):
    return table[table["distance"] > 0.5]


@prep.step
def add_speed(table):
    return table.assign(speed=table["distance"] / (table["duration"] + 0.1))


@prep.step
def clip_fares(table):
    return table.assign(fare=table["fare"].clip(2.5, 28.0))


@prep.step
def add_displacement(table):
    dx = table["drop_x"] - table["pickup_x"]
    dy = table["drop_y"] - table["pickup_y"]
    return table.assign(displacement=np.hypot(dx, dy))


@prep.step
def add_tip_rate(table):
    return table.assign(tip_rate=table["tip"] / table["fare"])


@prep.step
def drop_odd_tips(table):
    return table[table["tip_rate"] < 8.0]


def main():
    table = prep.run(load_trips())
    for name, rows, columns, fare in prep.data_sheet():
        print(f"{name:18s} {rows:7d} {columns:3d} {fare:.4f}")
    print("speed %.4f" % table["speed"].median(), "tip rate %.4f" % table["tip_rate"].mean())


if __name__ == "__main__":
    main()
