"""Collect small cutouts around the brightest spots of survey frames for vetting."""
from dataclasses import dataclass

import numpy as np

from frames import iter_frames

HALF = 16
N_FRAMES = 28
PER_FRAME = 6


@dataclass
class Candidate:
    frame_id: int
    row: int
    col: int
    peak: int
    cutout: np.ndarray


def find_peaks(frame, k):
    """(row, col) of the maxima of the k brightest rows."""
    row_max = frame.max(axis=1)
    rows = np.sort(np.argpartition(row_max, -k)[-k:])
    return [(int(r), int(frame[r].argmax())) for r in rows]


def clamp(value, size):
    return min(max(value - HALF, 0), size - 2 * HALF)


def cut_out(frame, row, col):
    r0 = clamp(row, frame.shape[0])
    c0 = clamp(col, frame.shape[1])
    return frame[r0:r0 + 2 * HALF, c0:c0 + 2 * HALF].copy()


def scan(frame_id, frame):
    found = []
    for row, col in find_peaks(frame, PER_FRAME):
        peak = int(frame[row, col])
        found.append(Candidate(frame_id, row, col, peak, cut_out(frame, row, col)))
    return found


def build_catalogue(n_frames):
    catalogue = []
    for frame_id, frame in iter_frames(n_frames):
        catalogue.extend(scan(frame_id, frame))
    return catalogue


def rank(catalogue):
    """Sort by contrast of the cutout against its own background."""
    def contrast(c):
        return c.peak / float(np.median(c.cutout))
    return sorted(catalogue, key=lambda c: (-contrast(c), c.frame_id, c.row))


def main():
    catalogue = build_catalogue(N_FRAMES)
    print("candidates", len(catalogue))
    for c in rank(catalogue)[:8]:
        print(c.frame_id, c.row, c.col, c.peak, int(c.cutout.sum()), c.cutout.shape)


if __name__ == "__main__":
    main()
