"""A stand-in for the camera archive: yields one calibrated frame after another."""
import numpy as np

SHAPE = (2048, 2048)


def make_frame(i):
    rng = np.random.default_rng(1000 + i)
    frame = rng.integers(90, 140, size=SHAPE, dtype=np.uint16)
    for _ in range(12):
        r, c = rng.integers(0, SHAPE[0], size=2)
        frame[r, c] = 2000 + int(rng.integers(0, 20000))
    return frame


def iter_frames(n):
    for i in range(n):
        yield i, make_frame(i)
