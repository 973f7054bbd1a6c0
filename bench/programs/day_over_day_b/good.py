"""Compare each day of a load-profile archive with the day before."""
import os
import tempfile
from functools import lru_cache

import numpy as np

N_DAYS = 45
SHAPE = (1440, 400)          # minutes x feeders
ARCHIVE = {"root": None}


def write_archive(root):
    base = np.sin(np.arange(SHAPE[0]) / 229.0)[:, None] + np.arange(SHAPE[1]) / 400.0
    for day in range(N_DAYS):
        np.save(os.path.join(root, f"day_{day:03d}.npy"), base * (1 + day % 7 / 10))
    ARCHIVE["root"] = root


@lru_cache(maxsize=2)
def load_day(day):
    """One day of readings; a day is asked for once as 'today', once as 'yesterday'."""
    return np.load(os.path.join(ARCHIVE["root"], f"day_{day:03d}.npy"))


def feeder_energy(day):
    return load_day(day).sum(axis=0) / 60.0


def change(day):
    """Relative change of the energy of each feeder against the day before."""
    before = feeder_energy(day - 1)
    return feeder_energy(day) / before - 1.0


def peak_minute(day):
    return int(load_day(day).sum(axis=1).argmax())


def scan(days):
    rows = []
    for day in days:
        delta = change(day)
        rows.append((day, float(delta.mean()), int(np.abs(delta).argmax()), peak_minute(day)))
    return rows


def main():
    with tempfile.TemporaryDirectory() as root:
        write_archive(root)
        rows = scan(range(1, N_DAYS))
    print("days", len(rows))
    for day, mean, feeder, minute in rows[::6]:
        print(day, "%.5f" % mean, feeder, minute)
    print("largest rise on day", max(rows, key=lambda r: (r[1], -r[0]))[0])
    print("cache", load_day.cache_info().misses, "misses")


if __name__ == "__main__":
    main()
