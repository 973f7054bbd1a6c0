"""Quick look at a run of a detector: reads the frames of the data file, finds hot pixels and the brightest shots."""
import heapq

import h5py
import numpy as np

from harness import case, fixture, run

FRAMES, HEIGHT, WIDTH = 640, 240, 320


def write_run(path):
    y, x = np.ogrid[:HEIGHT, :WIDTH]
    with h5py.File(path, "w") as out:
        data = out.create_dataset("entry/frames", (FRAMES, HEIGHT, WIDTH), "u2", chunks=(16, HEIGHT, WIDTH),
                                  compression="lzf")
        out["entry/energy"] = 8000 + np.arange(FRAMES) * 3 % 700
        for n in range(FRAMES):
            spot = np.exp(-((y - 60 - n % 120) ** 2 + (x - 40 - n * 3 % 240) ** 2) / 90)
            frame = 90 + (y * 7 + x * 3 + n) % 13 + spot * (500 + n * 37 % 900)
            frame[n % 3 + 5, 11] = frame[100, 200] = 4090
            data[n] = frame
        out["entry/frames"].attrs["exposure"] = 0.02


class Run:
    """Data file of one run."""

    def __init__(self, path):
        self.file = h5py.File(path, "r")

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.file.close()

    def energies(self):
        return self.file["entry/energy"][()]

    def frames(self):
        yield from np.asarray(self.file["entry/frames"])

    def exposure(self):
        return float(self.file["entry/frames"].attrs["exposure"])


class ChunkedRun(Run):
    def frames(self):
        data = self.file["entry/frames"]
        step = data.chunks[0]
        for start in range(0, len(data), step):
            yield from data[start:start + step]


class QuickLook:
    def __init__(self, keep=4):
        self.keep = keep
        self.total = np.zeros((HEIGHT, WIDTH), dtype=np.int64)
        self.bright = []
        self.seen = 0

    def take(self, frame, energy):
        self.total += frame
        light = int(np.sort(frame, axis=None)[-50:].sum())
        item = (light, self.seen, int(energy))
        (heapq.heappush if len(self.bright) < self.keep else heapq.heappushpop)(self.bright, item)
        self.seen += 1

    def hot(self, limit=1300):
        rows, columns = np.nonzero(self.total / self.seen > limit)
        return list(zip(rows.tolist(), columns.tolist()))


def look(kind):
    view = QuickLook()
    with kind(fixture("af_23_run.h5", write_run)) as data:
        for frame, energy in zip(data.frames(), data.energies()):
            view.take(frame, energy)
        print("frames", view.seen, "seconds", round(view.seen * data.exposure(), 2))
    print("hot pixels", view.hot())
    print("brightest", sorted(view.bright, reverse=True))
    print("mean", f"{view.total.mean() / view.seen:.4f}")
    return view


@case("af 23 detector frames")
class _:
    def bad():
        return look(Run)

    def good():
        return look(ChunkedRun)


if __name__ == "__main__":
    kept = run()
