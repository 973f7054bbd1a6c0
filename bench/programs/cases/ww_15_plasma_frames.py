"""Renders the frames of a simulated field to images, for an animation."""
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from harness import case, run


def field(step, size=900):
    axis = np.linspace(-3, 3, size)
    x, y = np.meshgrid(axis, axis)
    return np.exp(-(x - 0.1 * step) ** 2 - y ** 2) * np.cos(3 * x + 0.2 * step)


class FrameView:
    def __init__(self):
        self.figure = Figure(figsize=(3, 3), dpi=60)
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_axes([0, 0, 1, 1])
        self.axes.set_axis_off()
        self.frames = 0
        self.ink = 0

    def show(self, values):
        self.axes.imshow(values, vmin=-1, vmax=1, cmap="RdBu")

    def frame(self, step):
        values = field(step)
        self.show(values)
        self.canvas.draw()
        self.frames += 1
        self.ink += int(np.asarray(self.canvas.buffer_rgba())[..., 0].sum())


class UpdatingFrameView(FrameView):
    picture = None

    def show(self, values):
        if self.picture is None:
            self.picture = self.axes.imshow(values, vmin=-1, vmax=1, cmap="RdBu")
        else:
            self.picture.set_data(values)


def animate(view, steps=10):
    for step in range(steps):
        view.frame(step)
    print(view.frames, view.ink)
    return view


@case("ww 15 plasma frames")
class _:
    def bad():
        return animate(FrameView())

    def good():
        return animate(UpdatingFrameView())


if __name__ == "__main__":
    kept = run()
