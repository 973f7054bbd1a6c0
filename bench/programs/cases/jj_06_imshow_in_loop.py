import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def frames(n):
    """Detector images, one after the other."""
    import numpy as np
    r = np.random.default_rng(3405)
    for _ in range(n):
        yield r.random((600, 600))


class LiveView:
    """One window, the newest frame in it."""

    def __init__(self):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        self.figure = Figure(figsize=(2, 2), dpi=60)
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.image = None
        self.shown = 0

    def redraw(self):
        self.canvas.draw()
        self.shown += 1


@case('22 imshow for every frame')
class _:
    def setup():
        import numpy, matplotlib.figure, matplotlib.backends.backend_agg
        view = LiveView()
        view.axes.imshow(next(frames(1)), cmap='gray', vmin=0, vmax=1)
        view.redraw()
    def bad():
        view = LiveView()
        for frame in frames(28):
            view.axes.imshow(frame, cmap='gray', vmin=0, vmax=1)
            view.redraw()
        return view
    def good():
        view = LiveView()
        for frame in frames(28):
            if view.image is None:
                view.image = view.axes.imshow(frame, cmap='gray', vmin=0, vmax=1)
            view.image.set_data(frame)
            view.redraw()
        return view


if __name__ == "__main__":
    kept = run()
