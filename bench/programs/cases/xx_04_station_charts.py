"""Nightly job: one chart for each weather station, mailed out as PNG."""
import hashlib
import io
import warnings

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from harness import case, run

warnings.filterwarnings("ignore", category=RuntimeWarning)


class Station:
    def __init__(self, number):
        rng = np.random.default_rng(number)
        self.name = f"station {number:03d}"
        self.hours = np.arange(24 * 14)
        self.celsius = 12 + 6 * np.sin(self.hours / 24 * 2 * np.pi) + rng.normal(0, 1, self.hours.size)
        self.rain = rng.gamma(0.3, 1.2, self.hours.size)


def draw(station):
    fig, (upper, lower) = plt.subplots(2, 1, figsize=(10, 7), sharex=True)
    upper.plot(station.hours, station.celsius, linewidth=0.8)
    upper.set_title(station.name)
    upper.set_ylabel("°C")
    lower.fill_between(station.hours, station.rain)
    lower.set_ylabel("mm")
    return fig


def as_png(fig):
    target = io.BytesIO()
    fig.savefig(target, format="png", dpi=100, metadata={"Software": None})
    return target.getbuffer()


def attach(station):
    return hashlib.sha1(as_png(draw(station))).digest()


def attach_once(station):
    fig = draw(station)
    try:
        return hashlib.sha1(as_png(fig)).digest()
    finally:
        plt.close(fig)


def nightly(render, count=28):
    mail = hashlib.sha1()
    for number in range(count):
        mail.update(render(Station(number)))
    print(f"{count} charts, digest {mail.hexdigest()[:12]}")


@case("xx 04 station charts")
class _:
    def bad():
        nightly(attach)

    def good():
        nightly(attach_once)


if __name__ == "__main__":
    kept = run()
