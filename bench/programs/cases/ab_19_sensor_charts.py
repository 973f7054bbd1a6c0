"""Draws the daily chart of every station for the morning mail."""
import io

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

from harness import case, run  # noqa: E402


class Station:
    def __init__(self, number):
        self.number = number
        self.name = f"Station {number:03d}"

    def day(self):
        rng = np.random.default_rng(self.number)
        hours = np.linspace(0, 24, 1440)
        temperature = 12 + 6 * np.sin((hours - 9) / 24 * 2 * np.pi) + rng.normal(0, 0.3, hours.size)
        return hours, temperature


def draw(station):
    hours, temperature = station.day()
    figure, axes = plt.subplots(figsize=(11, 8))
    axes.plot(hours, temperature, linewidth=1)
    axes.axhline(temperature.mean(), linestyle=":")
    axes.set_title(f"{station.name}, maximum {temperature.max():.1f}")
    axes.set_xlabel("hour")
    axes.set_ylabel("degrees")
    return figure


class Mail:
    def __init__(self):
        self.charts = 0
        self.highest = 0.0

    def attach(self, station, png):
        if not png.startswith(b"\x89PNG"):
            raise ValueError(f"no chart for {station.name}")
        self.charts += 1
        self.highest = max(self.highest, float(station.day()[1].max()))

    def show(self):
        print(f"{self.charts} charts, highest temperature {self.highest:.2f}")


def morning(mail, stations):
    for station in stations:
        chart = io.BytesIO()
        figure = draw(station)
        figure.savefig(chart, format="png")
        mail.attach(station, chart.getvalue())
    mail.show()


def early_morning(mail, stations):
    for station in stations:
        chart = io.BytesIO()
        figure = draw(station)
        figure.savefig(chart, format="png")
        plt.close(figure)
        mail.attach(station, chart.getvalue())
    mail.show()


@case("ab 19 sensor charts")
class _:
    def bad():
        morning(Mail(), [Station(n) for n in range(32)])

    def good():
        early_morning(Mail(), [Station(n) for n in range(32)])


if __name__ == "__main__":
    kept = run()
