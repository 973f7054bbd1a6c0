# sized
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle
def spectrum(ax, values, bins):
    counts, edges, _ = ax.hist(values, bins=bins)  # expect: HW753
    return counts
def fine(ax, values):
    ax.hist(values, 5000)  # expect: HW753
    return ax.hist(values, bins="fd")[0]  # expect: HW753
def levels(ax, levels):
    ax.bar(np.arange(len(levels)), levels, width=1.0)  # expect: HW753
def marks(ax, events):
    for event in events:
        ax.axvline(event, color="red")  # expect: HW753
def cells(ax, centres):
    for x, y in centres:
        ax.add_patch(Circle((x, y), 0.1))  # expect: HW753
def tracks(ax, tracks):
    for track in tracks:
        ax.plot(track.xs, track.ys)  # expect: HW753
def few(ax, values):
    ax.hist(values)
    ax.hist(values, bins=40)
    ax.hist(values, bins=[0, 1, 10, 100])
def as_one(ax, values, bins):
    ax.hist(values, bins=bins, histtype="step")
    counts, edges = np.histogram(values, bins=bins)
    ax.stairs(counts, edges, fill=True)
def coloured(ax, values, bins, colours):
    _, _, patches = ax.hist(values, bins=bins)
    for patch, colour in zip(patches, colours):
        patch.set_facecolor(colour)
def of_days(ax, values, colours):
    ax.bar(["Mo", "Tu", "We"], values)
    ax.bar(range(len(values)), values, color=colours)
    bars = ax.bar(range(len(values)), values)
    ax.bar_label(bars)
    menu.bar()
def figures(tables, path):
    for name, table in tables:
        figure = Figure()
        ax = figure.add_subplot()
        ax.plot(table.x, table.y)
        figure.savefig(path / name)
def panels(axes, tables):
    for ax, table in zip(axes, tables):
        ax.plot(table.x, table.y)
def collected(ax, tracks):
    ax.add_collection(LineCollection([track.points for track in tracks]))
class Image:
    def barh(self, bins):
        return self.pixels.barh(bins)


def frames_of(view, frames):
    for frame in frames:
        view.axes.imshow(frame, cmap="gray")  # expect: HW753
        view.redraw()


def first_of(view, frames):
    image = view.axes.imshow(next(frames))
    for frame in frames:
        image.set_data(frame)


def emptied(view, frames):
    for frame in frames:
        view.axes.clear()
        view.axes.imshow(frame)
