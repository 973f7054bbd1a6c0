"""Convert a table of single-molecule localisations to the binary form of the viewer."""
import os
import tempfile

import numpy as np

PIXEL = 106.0
N_LOCS = 110_000
FIELDS = [("frame", "u4"), ("x", "f4"), ("y", "f4"), ("photons", "f4"), ("bg", "f4"), ("lpx", "f4")]


def write_table(path):
    rng = np.random.default_rng(8)
    with open(path, "w", encoding="ascii") as out:
        out.write('frame,x,y,intensity,offset,uncertainty\n')
        for lo in range(0, N_LOCS, 5000):
            x, y = rng.uniform(0, 27136, (2, 5000))
            photons = rng.gamma(3.0, 800.0, 5000)
            bg = rng.uniform(20, 90, 5000)
            for i in range(5000):
                out.write(f"{1 + (lo + i) // 40},{x[i]:.3f},{y[i]:.3f},{photons[i]:.1f},{bg[i]:.2f},"
                          f"{150 / photons[i] ** 0.5:.4f}\n")


def read_localisations(path):
    data = np.genfromtxt(path, dtype=float, delimiter=",", names=True, deletechars="")
    locs = np.empty(len(data["frame"]), dtype=FIELDS)
    locs["frame"] = data["frame"] - data["frame"].min()
    locs["x"] = data["x"] / PIXEL
    locs["y"] = data["y"] / PIXEL
    locs["photons"] = data["intensity"]
    locs["bg"] = data["offset"]
    locs["lpx"] = data["uncertainty"] / PIXEL
    return locs


def filter_locs(locs, max_lpx):
    keep = (locs["lpx"] < max_lpx) & (locs["x"] > 1) & (locs["y"] > 1)
    return locs[keep]


def drift_estimate(locs, segments):
    """Mean position in equal stretches of frames."""
    edges = np.linspace(0, locs["frame"].max() + 1, segments + 1)
    which = np.searchsorted(edges, locs["frame"], side="right") - 1
    n = np.bincount(which, minlength=segments)
    x = np.bincount(which, weights=locs["x"], minlength=segments) / n
    y = np.bincount(which, weights=locs["y"], minlength=segments) / n
    return np.column_stack([x, y])


def main():
    with tempfile.TemporaryDirectory() as tmp:
        table = os.path.join(tmp, "locs.csv")
        write_table(table)
        locs = read_localisations(table)
        target = os.path.join(tmp, "locs.npy")
        np.save(target, filter_locs(locs, 0.04))
        kept = np.load(target, mmap_mode="r")
        print("read", len(locs), "kept", len(kept), "bytes", os.path.getsize(target))
    print("frames", int(locs["frame"].max()) + 1, "photons %.1f" % locs["photons"].mean(dtype=np.float64))
    for x, y in drift_estimate(locs, 5):
        print("segment %.2f %.2f" % (x, y))


if __name__ == "__main__":
    main()
