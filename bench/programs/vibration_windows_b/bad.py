"""Windowed health indicators of a bearing from its vibration signal."""
import numpy as np

WINDOW = 256
HOP = 2
N_SAMPLES = 90_000


def read_signal(seed=31):
    rng = np.random.default_rng(seed)
    t = np.arange(N_SAMPLES)
    signal = np.sin(t / 15.0) + 0.2 * rng.standard_normal(N_SAMPLES)
    signal[::1777] += 4.0
    signal[60_000:61_000] *= 2.5
    return signal


def make_windows(signal, width, hop):
    """One row for each window."""
    starts = range(0, len(signal) - width + 1, hop)
    return np.array([signal[s:s + width] for s in starts])


def indicators(windows):
    high = windows.max(axis=1)
    low = windows.min(axis=1)
    rms = np.sqrt(np.einsum("ij,ij->i", windows, windows) / windows.shape[1])
    return {"peak": np.maximum(high, -low), "range": high - low, "rms": rms,
            "mean": windows.mean(axis=1)}


def crest_factor(table):
    return table["peak"] / table["rms"]


def alarms(values, limit):
    """Start and end of the runs of windows above the limit."""
    above = np.concatenate(([False], values > limit, [False]))
    edges = np.flatnonzero(above[1:] != above[:-1])
    return list(zip(edges[::2].tolist(), edges[1::2].tolist()))


def main():
    windows = make_windows(read_signal(), WINDOW, HOP)
    table = indicators(windows)
    crest = crest_factor(table)
    print("windows", windows.shape)
    for name in sorted(table):
        print(name, "%.4f %.4f" % (table[name].mean(), table[name].max()))
    runs = alarms(table["rms"], 1.2)
    print("alarms", len(runs), runs[:4])
    print("crest %.4f at %d" % (crest.max(), int(crest.argmax())))


if __name__ == "__main__":
    main()
