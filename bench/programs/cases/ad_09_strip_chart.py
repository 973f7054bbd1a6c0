"""Strip chart of a test bench: the newest window of each channel, rendered now and then."""
import io

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from harness import case, run

WINDOW = 16_000
REFRESHES = 60
RENDER_EVERY = 20
CHANNELS = {"torque": "tab:red", "speed": "tab:blue", "temperature": "tab:green"}


class BenchRecorder:
    def __init__(self):
        self.clock = 0

    def next_window(self):
        times = np.arange(self.clock, self.clock + WINDOW, dtype=float)
        self.clock += WINDOW
        return times, {name: np.sin(times / (400 + 90 * k)) * (k + 1)
                       for k, name in enumerate(CHANNELS)}


class StripChart:
    def __init__(self):
        self.figure = Figure(figsize=(6, 3), dpi=80)
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_subplot()
        self.axes.set_autoscale_on(False)
        self.axes.set_ylim(-4, 4)
        self.rendered = 0

    def show(self, times, values):
        for name, colour in CHANNELS.items():
            self.draw_channel(name, colour, times, values[name])
        self.axes.set_xlim(times[0], times[-1])

    def draw_channel(self, name, colour, times, values):
        self.axes.plot(times, values, color=colour, linewidth=0.8)

    def render(self):
        self.canvas.print_png(io.BytesIO())
        self.rendered += 1


class ReusingStripChart(StripChart):
    def __init__(self):
        super().__init__()
        self.channel_lines = {}

    def draw_channel(self, name, colour, times, values):
        line = self.channel_lines.get(name)
        if line is None:
            self.channel_lines[name], = self.axes.plot(times, values, color=colour, linewidth=0.8)
        else:
            line.set_data(times, values)


def watch(chart):
    recorder = BenchRecorder()
    for refresh in range(1, REFRESHES + 1):
        times, values = recorder.next_window()
        chart.show(times, values)
        if refresh % RENDER_EVERY == 0:
            chart.render()
    print(f"{REFRESHES} refreshes, {chart.rendered} pictures, clock {recorder.clock}, "
          f"torque {values['torque'][-1]:.4f}")
    return chart


@case("ad 09 strip chart")
class _:
    def bad():
        return watch(StripChart())

    def good():
        return watch(ReusingStripChart())


if __name__ == "__main__":
    kept = run()
