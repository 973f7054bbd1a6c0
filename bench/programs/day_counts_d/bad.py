"""Daily counts and weekly rhythm of a year of patent filings."""
import numpy as np
import pandas as pd

N_FILINGS = 1_500_000
OFFICES = ["EP", "GB", "JP", "KR", "US"]


def load_filings(seed=6):
    rng = np.random.default_rng(seed)
    start = np.datetime64("2018-01-01T00:00:00", "s")
    second = rng.integers(0, 365 * 86_400, N_FILINGS, dtype=np.int32)
    second.sort()
    weekday = (second // 86_400) % 7
    second[weekday == 6] -= 86_400
    office = pd.Categorical.from_codes(rng.integers(0, 5, N_FILINGS, dtype=np.int8), OFFICES)
    claims = rng.integers(1, 40, N_FILINGS, dtype=np.int8)
    return pd.DataFrame({"time": start + second, "office": office, "claims": claims}, copy=False)


def add_day(frame):
    frame["day"] = frame["time"].dt.date
    return frame


def per_office(frame):
    grouped = frame.groupby("office", observed=True)["claims"]
    return pd.DataFrame({"filings": grouped.size(), "claims": grouped.mean()})


def smooth(per_day, width=7):
    values = per_day.to_numpy(dtype=float)
    kernel = np.ones(width) / width
    return np.convolve(values, kernel, mode="valid")


def day_report(frame):
    per_day = frame.groupby("day").size()
    busiest = per_day.idxmax()
    trend = smooth(per_day)
    print("days", len(per_day), "busiest", busiest.isoformat(), int(per_day.max()))
    print("weekly trend %.1f .. %.1f" % (trend.min(), trend.max()))


def main():
    frame = add_day(load_filings())
    day_report(frame)
    for office, row in per_office(frame).iterrows():
        print(f"{office} {int(row['filings'])} filings, {row['claims']:.3f} claims")


if __name__ == "__main__":
    main()
