import numpy as np
import pandas as pd

from harness import case, run


def read_sensor(number, readings):
    """A day of readings; after a power cut a device starts with a clock of some days before."""
    rng = np.random.default_rng(number)
    start = pd.Timestamp("2023-10-17") + pd.Timedelta(hours=number)
    offsets = np.sort(rng.integers(0, 86_400_000, readings))
    times = start + pd.to_timedelta(offsets, unit="ms")
    stale = start - pd.Timedelta(days=13) + pd.to_timedelta([5, 6, 8], unit="s")
    frame = pd.DataFrame({
        "time": stale.append(times) if number % 4 == 0 else times,
    })
    frame["celsius"] = 18 + rng.standard_normal(len(frame)).round(2)
    frame["volt"] = 3.3 - rng.random(len(frame)).round(2) / 10
    return frame.set_index("time")


def per_second(frame):
    return frame.resample("1s").mean().dropna()


def per_second_seen(frame):
    return frame.groupby(frame.index.floor("1s")).mean()


class DayReport:
    def __init__(self):
        self.seconds = 0
        self.celsius = 0.0
        self.volt = 0.0

    def add(self, means):
        self.seconds += len(means)
        self.celsius += float(means["celsius"].sum())
        self.volt += float(means["volt"].sum())

    def show(self):
        print(self.seconds, round(self.celsius, 2), round(self.volt, 2))


def all_sensors(count, aggregate):
    report = DayReport()
    for number in range(count):
        report.add(aggregate(read_sensor(number, 40000)))
    report.show()


@case("zz 14 sensor means")
class _:
    def bad():
        all_sensors(40, per_second)

    def good():
        all_sensors(40, per_second_seen)


if __name__ == "__main__":
    kept = run()
