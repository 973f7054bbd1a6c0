"""Scan a signal strength with binned likelihood models on an exchangeable backend."""
import math

import numpy as np

BINS = 100_000
POINTS = 40


class Event:
    """Subscribers are called whenever the event is fired."""

    def __init__(self):
        self.callbacks = []

    def subscribe(self, callback):
        self.callbacks.append(callback)

    def fire(self, *args):
        for callback in list(self.callbacks):
            callback(*args)


backend_changed = Event()


class Backend:
    precision = "64b"

    @classmethod
    def set_precision(cls, precision):
        cls.precision = precision
        backend_changed.fire(precision)

    @classmethod
    def dtype(cls):
        return np.float64 if cls.precision == "64b" else np.float32


class Model:
    """Expected counts per bin for one signal strength."""

    def __init__(self, signal, background, strength):
        self.signal = signal
        self.background = background
        self.strength = strength
        self.rebuild(Backend.precision)
        backend_changed.subscribe(self.rebuild)

    def rebuild(self, precision):
        dtype = Backend.dtype()
        self.expected = (self.background + self.strength * self.signal).astype(dtype)
        self.log_expected = np.log(self.expected)

    def negative_log_likelihood(self, observed):
        return float(np.sum(self.expected - observed * self.log_expected, dtype=np.float64))


def templates(seed=17):
    rng = np.random.default_rng(seed)
    x = np.linspace(0, 1, BINS)
    background = 40 * np.exp(-2.2 * x) + 2
    signal = 6 * np.exp(-0.5 * ((x - 0.4) / 0.05) ** 2)
    observed = rng.poisson(background + 0.85 * signal).astype(np.float64)
    return signal, background, observed


def scan(signal, background, observed, strengths):
    curve = []
    for strength in strengths:
        model = Model(signal, background, strength)
        curve.append(model.negative_log_likelihood(observed))
    return np.array(curve)


def parabola_minimum(strengths, curve):
    k = int(np.argmin(curve))
    a, b, _ = np.polyfit(strengths[k - 2:k + 3], curve[k - 2:k + 3] - curve[k], 2)
    return -b / (2 * a), math.sqrt(1 / (2 * a))


def main():
    signal, background, observed = templates()
    strengths = np.linspace(0.0, 2.0, POINTS)
    curve = scan(signal, background, observed, strengths)
    best, error = parabola_minimum(strengths, curve)
    print("events", int(observed.sum()), "best %.3f +- %.3f" % (best, error))
    reference = Model(signal, background, best)
    for precision in ("32b", "64b"):
        Backend.set_precision(precision)
        print(precision, reference.expected.dtype, "%.0f" % reference.negative_log_likelihood(observed))
    print("upward %.2f" % (curve[-1] - curve.min()))


if __name__ == "__main__":
    main()
