import io
import math
from array import array

import matplotlib

matplotlib.use("Agg")

from matplotlib.figure import Figure

from harness import case, run


class BoilerChart:
    """Chart of a boiler's temperature since midnight, for the control room's screen."""

    def __init__(self):
        self.figure = Figure(figsize=(6, 3), dpi=80)
        self.axes = self.figure.add_subplot()
        self.axes.set_ylim(40, 100)
        self.axes.set_xlim(0, 86_400)
        self.seconds = array("d")
        self.degrees = array("d")
        self.prepare()

    def prepare(self):
        pass

    def measure(self, count):
        for _ in range(count):
            second = len(self.seconds)
            self.seconds.append(second)
            self.degrees.append(70 + 15 * math.sin(second / 3_000) + second * 7 % 11 / 11)

    def refresh(self):
        self.axes.plot(self.seconds[:], self.degrees[:], color="tab:red", linewidth=1)

    def picture(self):
        out = io.BytesIO()
        self.figure.savefig(out, format="png")
        return out.tell()


class LiveBoilerChart(BoilerChart):
    def prepare(self):
        (self.line,) = self.axes.plot([], [], color="tab:red", linewidth=1)

    def refresh(self):
        self.line.set_data(self.seconds[:], self.degrees[:])


def morning(kind, minutes=48):
    chart = kind()
    shown = 0
    for minute in range(minutes):
        chart.measure(1_000)
        chart.refresh()
        if minute % 6 == 5:
            shown += chart.picture() > 1_000
    print(len(chart.seconds), "readings,", shown, "pictures, last", round(chart.degrees[-1], 3))
    return chart


@case("qq 13 boiler chart")
class _:
    def bad():
        return morning(BoilerChart)

    def good():
        return morning(LiveBoilerChart)


if __name__ == "__main__":
    kept = run()
