"""Sample small patches of a recorded volume to estimate noise and drift."""
import os
import tempfile

import numpy as np

SHAPE = (560, 256, 256)
PATCH = 24
N_PATCHES = 36


def write_recording(path):
    """Written plane by plane, as the acquisition software does."""
    header = {"descr": "<f4", "fortran_order": False, "shape": SHAPE}
    yy = np.arange(SHAPE[1], dtype=np.float32)[:, None]
    xx = np.arange(SHAPE[2], dtype=np.float32)[None, :]
    with open(path, "wb") as f:
        np.lib.format.write_array_header_1_0(f, header)
        for t in range(SHAPE[0]):
            plane = np.sin(yy / 9 + t / 50) + np.cos(xx / 13 - t / 80)
            f.write(plane.astype("<f4", copy=False).tobytes())


class Recording:
    def __init__(self, path):
        self.path = path
        self.data = np.load(path, mmap_mode="r")

    def __len__(self):
        return self.data.shape[0]

    def patch(self, t, y, x):
        return self.data[t, y:y + PATCH, x:x + PATCH]


def choose(recording, n, seed=5):
    rng = np.random.default_rng(seed)
    return sorted((int(rng.integers(len(recording))), int(rng.integers(256 - PATCH)),
                   int(rng.integers(256 - PATCH))) for _ in range(n))


def measure(patch):
    return float(patch.mean(dtype=np.float64)), float(patch.std(dtype=np.float64))


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "recording.npy")
        write_recording(path)
        recording = Recording(path)
        print("planes", len(recording))
        places = choose(recording, N_PATCHES)
        stats = [measure(recording.patch(*p)) for p in places]
        del recording
    drift = np.polyfit([p[0] for p in places], [s[0] for s in stats], 1)
    print("drift per plane %.6f" % drift[0])
    print("median noise %.5f" % float(np.median([s[1] for s in stats])))
    for place, (mean, std) in list(zip(places, stats))[::9]:
        print(place, "%.4f %.4f" % (mean, std))


if __name__ == "__main__":
    main()
