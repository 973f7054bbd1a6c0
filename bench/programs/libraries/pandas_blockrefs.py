"""Feature builder: slides a window over sensor readings and sums up each one."""
import time

import numpy as np
import pandas as pd

SENSORS = 72
ROWS = 12_000
WINDOW = 32


def load_readings():
    """The table is put together one sensor file at a time."""
    rng = np.random.default_rng(5)
    table = pd.DataFrame(index=pd.RangeIndex(ROWS))
    for n in range(SENSORS):
        table["sensor_%02d" % n] = rng.normal(size=ROWS).astype("float32")
    return table


def features(window):
    return float(window["sensor_00"].iat[0]), float(window["sensor_01"].iat[-1])


def main():
    table = load_readings()
    rows = []
    for start in range(0, ROWS - WINDOW):
        window = table.iloc[start:start + WINDOW]
        rows.append(features(window))
    result = pd.DataFrame(rows, columns=["first", "last"])
    print("windows", len(result), "mean", round(result["first"].mean(), 3))
    time.sleep(0.3)


main()
