import numpy as np
import pandas as pd

from harness import case, run

DEVICES, ROWS = 15_000, 300_000


def measurements():
    rng = np.random.default_rng(44)
    device = rng.integers(0, DEVICES, ROWS, dtype=np.int32)
    device.sort()
    return pd.DataFrame({
        "device": device,
        "minute": np.arange(ROWS, dtype=np.int32),
        "volt": 230 + 4 * rng.standard_normal(ROWS, dtype=np.float32),
        "amp": 1.5 * rng.standard_gamma(2.0, ROWS, dtype=np.float32),
    }, copy=False)


class HistoryByFrame:
    def __init__(self, frame):
        self.frames = {device: part for device, part in frame.groupby("device")}

    def of(self, device):
        return self.frames[device]


class HistoryByRange:
    def __init__(self, frame):
        self.frame = frame
        self.start = np.searchsorted(frame["device"].to_numpy(), np.arange(DEVICES + 1, dtype=np.int32))

    def of(self, device):
        return self.frame.iloc[self.start[device]:self.start[device + 1]]


def report(history):
    rng = np.random.default_rng(45)
    rows, watts = 0, 0.0
    for device in rng.integers(0, DEVICES, 1500).tolist():
        part = history.of(device)
        rows += len(part)
        watts += float(part["volt"].to_numpy() @ part["amp"].to_numpy())
    print("looked up", rows, "rows,", f"{watts / rows:.2f} W on average")


@case("vv 10 device history")
class _:
    def bad():
        history = HistoryByFrame(measurements())
        report(history)
        return history

    def good():
        history = HistoryByRange(measurements())
        report(history)
        return history


if __name__ == "__main__":
    kept = run()
