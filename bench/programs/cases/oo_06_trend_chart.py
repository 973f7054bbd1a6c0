import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from harness import case, run

matplotlib.use("Agg")
WINDOW = 40_000
STEP = 4_000


class TrendChart:
    """The last WINDOW samples of a pump, drawn again at each refresh."""

    def __init__(self):
        self.figure = Figure(figsize=(5, 3), dpi=80)
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_subplot()
        self.axes.set_ylim(-3, 3)
        self.refreshes = 0

    def show(self, times, pressures):
        self.axes.plot(times, pressures, color="tab:blue", linewidth=0.8)

    def refresh(self, times, pressures):
        self.show(times, pressures)
        self.axes.set_xlim(times[0], times[-1])
        self.canvas.draw()
        self.refreshes += 1


class SingleTraceChart(TrendChart):
    def __init__(self):
        super().__init__()
        (self.trace,) = self.axes.plot([], [], color="tab:blue", linewidth=0.8)

    def show(self, times, pressures):
        self.trace.set_data(times, pressures)


def pump_window(refresh):
    times = np.arange(refresh * STEP, refresh * STEP + WINDOW, dtype=np.float64)
    times /= 1000.0
    return times, np.sin(times)


def watch_pump(chart):
    for refresh in range(45):
        times, pressures = pump_window(refresh)
        chart.refresh(times, pressures)
    print("refreshes", chart.refreshes, "now", round(float(times[-1]), 3), round(float(pressures[-1]), 6))
    return chart


@case("oo 06 trend chart")
class _:
    def bad():
        return watch_pump(TrendChart())

    def good():
        return watch_pump(SingleTraceChart())


if __name__ == "__main__":
    kept = run()
