import numpy as np
import pandas as pd

from harness import case, fixture, run

DTYPES = {
    "loop": "int16",
    "minute": "int16",
    "lane": "int8",
    "cars": "uint8",
    "trucks": "uint8",
    "speed": "uint8",
    "occupancy": "float32",
    "status": "int8",
}


def build(path):
    rng = np.random.default_rng(20)
    rows = 800_000
    columns = np.column_stack(
        [
            rng.integers(0, 700, rows),
            rng.integers(0, 1440, rows),
            rng.integers(1, 5, rows),
            rng.integers(0, 60, rows),
            rng.integers(0, 12, rows),
            rng.integers(20, 131, rows),
            rng.integers(0, 1000, rows),
            rng.integers(0, 3, rows),
        ]
    )
    with open(path, "w") as file:
        file.write(",".join(DTYPES) + "\n")
        for start in range(0, rows, 10_000):
            for loop, minute, lane, cars, trucks, speed, tenths, status in columns[start:start + 10_000].tolist():
                file.write(f"{loop},{minute},{lane},{cars},{trucks},{speed},{tenths / 8},{status}\n")


class TrafficDay:
    def __init__(self, counts):
        self.counts = counts

    def report(self):
        valid = self.counts[self.counts["status"] == 0]
        flow = valid.groupby("lane")[["cars", "trucks"]].sum()
        for lane, row in flow.iterrows():
            print(f"lane {lane}: {row['cars']} cars, {row['trucks']} trucks")
        print(f"occupancy {valid['occupancy'].max():.3f}, fastest {valid['speed'].max()}")


@case("pp 20 traffic counts")
class _:
    def setup():
        _.path = fixture("pp_traffic.csv", build)

    def bad():
        day = TrafficDay(pd.read_csv(_.path))
        day.report()
        return day

    def good():
        day = TrafficDay(pd.read_csv(_.path, dtype=DTYPES))
        day.report()
        return day


if __name__ == "__main__":
    kept = run()
