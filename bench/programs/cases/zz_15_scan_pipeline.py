import numpy as np

from harness import case, fixture, run

SHAPE = (60, 420, 420)


def build(path):
    rng = np.random.default_rng(len(path))
    with open(path, "wb") as out:
        np.save(out, rng.integers(0, 4000, SHAPE, dtype=np.uint16))


def load_volume(path):
    counts = np.load(path, mmap_mode="r")
    volume = np.empty(counts.shape, dtype=np.float32)
    for depth in range(len(counts)):
        volume[depth] = counts[depth]
    return volume


def smooth(volume):
    out = np.zeros_like(volume)
    for depth in range(1, len(volume) - 1):
        out[depth] = (volume[depth - 1] + 2 * volume[depth] + volume[depth + 1]) / 4
    return out


def window(volume, low=600.0, high=3300.0):
    out = np.empty_like(volume)
    for depth in range(len(volume)):
        out[depth] = np.clip((volume[depth] - low) / (high - low), 0, 1)
    return out


def describe(volume):
    levels = np.zeros(16, dtype=np.int64)
    for plane in volume:
        levels += np.histogram(plane, bins=16, range=(0, 1))[0]
    return levels


def process_scan(path):
    volume = load_volume(path)
    depth, height, width = volume.shape
    levels = describe(window(smooth(volume)))
    return {"voxels": depth * height * width, "levels": levels}


def process_scan_chained(path):
    levels = describe(window(smooth(load_volume(path))))
    depth, height, width = SHAPE
    return {"voxels": depth * height * width, "levels": levels}


def report(process):
    for name in ("zz_15_scan_a.npy", "zz_15_scan_follow_up.npy"):
        found = process(fixture(name, build))
        print(found["voxels"], found["levels"].tolist())


@case("zz 15 scan pipeline")
class _:
    def bad():
        report(process_scan)

    def good():
        report(process_scan_chained)


if __name__ == "__main__":
    kept = run()
