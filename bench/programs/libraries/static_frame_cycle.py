"""Risk desk: cleans one day's price table after the other and keeps the daily figures."""
import time

import numpy as np
import static_frame as sf

DAYS = 14
ROWS = 6_000
COLUMNS = 90


def load_day(day):
    rng = np.random.default_rng(day)
    prices = rng.normal(100.0, 5.0, size=(ROWS, COLUMNS))
    return sf.Frame(prices, columns=["asset_%03d" % n for n in range(COLUMNS)], name="day %d" % day)


def clean(frame):
    """Drops the rows whose first price is out of range, then the spare columns."""
    first = frame["asset_000"].values
    frame = frame.loc[(first > 80.0) & (first < 125.0)]
    return frame.iloc[:, :60]


def figures(frame):
    values = frame.values
    return float(values.mean()), float(values.std()), len(frame)


def main():
    daily = []
    for day in range(DAYS):
        frame = clean(load_day(day))
        daily.append(figures(frame))
    print("days", len(daily), "rows", sum(d[2] for d in daily), "mean", round(daily[-1][0], 3))
    time.sleep(0.3)


main()
