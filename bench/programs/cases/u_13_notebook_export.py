"""Lab notebook exporter: renders one figure a run and bundles the PNG sizes."""
import hashlib
import io
import sys

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

ARM = sys.argv[1] if len(sys.argv) > 1 else "good"
RUNS, SAMPLES = 32, 400


class Run:
    """The readings of one experiment."""

    def __init__(self, number, rng):
        self.number = number
        self.rate = float(rng.uniform(0.4, 2.5))
        self.time = np.linspace(0, 10, SAMPLES)
        self.signal = np.exp(-self.time / self.rate) * np.cos(3 * self.time)
        self.signal += rng.normal(0, 0.03, SAMPLES)

    def fit_decay(self):
        strong = np.abs(self.signal) > 0.12
        logs = np.log(np.abs(self.signal[strong]))
        slope, _ = np.polyfit(self.time[strong], logs, 1)
        return -1.0 / slope


class FigureStyle:
    size = (10, 7.2)
    dpi = 100

    def canvas_bad(self):
        return plt.subplots(figsize=self.size, dpi=self.dpi)

    def canvas_good(self):
        return plt.subplots(num="notebook", clear=True, figsize=self.size, dpi=self.dpi)

    def new(self, title):
        fig, axis = self.canvas_bad() if ARM == "bad" else self.canvas_good()
        axis.set_title(title)
        axis.set_xlabel("time [s]")
        axis.set_ylabel("response")
        return fig, axis

    def finish(self, fig):
        fig.clf()


class Renderer:
    def __init__(self, style):
        self.style = style

    def draw(self, run, decay):
        fig, axis = self.style.new(f"run {run.number:03d}")
        axis.plot(run.time, run.signal, lw=0.8, label="reading")
        axis.plot(run.time, np.exp(-run.time / decay), "--", label=f"decay {decay:.2f} s")
        axis.legend(loc="upper right")
        return fig

    def png(self, run, decay):
        fig = self.draw(run, decay)
        target = io.BytesIO()
        fig.savefig(target, format="png", metadata={"Software": None})
        self.style.finish(fig)
        return target.getbuffer()


class Page:
    __slots__ = ("number", "decay", "size", "digest")

    def __init__(self, number, decay, size, digest):
        self.number, self.decay = number, decay
        self.size, self.digest = size, digest


class Notebook:
    def __init__(self, renderer):
        self.renderer = renderer
        self.pages = []

    def add(self, run):
        decay = run.fit_decay()
        image = self.renderer.png(run, decay)
        digest = hashlib.blake2b(image, digest_size=6).hexdigest()
        self.pages.append(Page(run.number, decay, len(image), digest))

    def summary(self):
        whole = hashlib.blake2b(digest_size=6)
        for page in self.pages:
            whole.update(page.digest.encode())
        size = sum(page.size for page in self.pages)
        mean = sum(page.decay for page in self.pages) / len(self.pages)
        return f"pages={len(self.pages)} bytes={size} decay={mean:.3f} digest={whole.hexdigest()}"


def main():
    plt.rcParams["figure.max_open_warning"] = 0
    rng = np.random.default_rng(59)
    notebook = Notebook(Renderer(FigureStyle()))
    for number in range(RUNS):
        notebook.add(Run(number, rng))
    print(notebook.summary())
    return notebook


NOTEBOOK = main()
