import numpy as np
import pandas as pd

from harness import case, run

NODES = [f"node_{number:02d}" for number in range(36)]
SECONDS = 14_400


def quarter_day(number):
    """What the grid's nodes measured in six hours, one row a second."""
    rng = np.random.default_rng(1600 + number)
    load = rng.normal(50 + number, 5, (SECONDS, len(NODES)))
    return pd.DataFrame(load, columns=NODES)


def border(frame):
    return frame["node_07"]


def border_alone(frame):
    return frame["node_07"].copy()


class BorderLoad:
    """Load of the node at the border, and the busiest node of each quarter."""

    def __init__(self, select):
        self.select = select
        self.series = {}
        self.busiest = {}

    def add(self, number, frame):
        self.busiest[number] = frame.mean().idxmax()
        self.series[number] = self.select(frame)

    def report(self):
        peaks = [round(float(series.max()), 3) for series in self.series.values()]
        print(len(peaks), "quarters, peak", max(peaks), "lowest peak", min(peaks), self.busiest[0])


def month(select):
    border_load = BorderLoad(select)
    for number in range(30):
        border_load.add(number, quarter_day(number))
    border_load.report()
    return border_load


@case("qq 16 grid load")
class _:
    def bad():
        return month(border)

    def good():
        return month(border_alone)


if __name__ == "__main__":
    kept = run()
