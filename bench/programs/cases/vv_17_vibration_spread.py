import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from harness import case, run

SAMPLES, WINDOW, BLOCK = 400_000, 64, 1_000


def vibration():
    rng = np.random.default_rng(19)
    signal = rng.standard_normal(SAMPLES)
    signal[250_000:251_000] *= 6
    return signal


def report(spread):
    print("windows", len(spread), "median", f"{np.median(spread[::100]):.5f}")
    print("loudest at", int(spread.argmax()), f"{spread.max():.5f}")


@case("vv 17 spread of a vibration signal")
class _:
    def bad():
        signal = vibration()
        spread = sliding_window_view(signal, WINDOW).std(axis=1)
        report(spread)
        return spread

    def good():
        signal = vibration()
        windows = sliding_window_view(signal, WINDOW)
        spread = np.empty(len(windows))
        for at in range(0, len(windows), BLOCK):
            spread[at:at + BLOCK] = windows[at:at + BLOCK].std(axis=1)
        report(spread)
        return spread


if __name__ == "__main__":
    kept = run()
