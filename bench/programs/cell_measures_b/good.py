"""Measure the segmented cells of a microscopy image."""
import numpy as np
from scipy import ndimage

SIZE = 900
GRID = 10
RADIUS = 34


def segment():
    """A label image as the segmentation model returns it: 0 is background."""
    labels = np.zeros((SIZE, SIZE), dtype=np.int32)
    yy, xx = np.ogrid[-RADIUS:RADIUS + 1, -RADIUS:RADIUS + 1]
    for k in range(GRID * GRID):
        r = RADIUS + 5 + (k // GRID) * 88 + k % 5
        c = RADIUS + 5 + (k % GRID) * 88 + k % 7
        disk = yy * yy + (1 + k % 3) * xx * xx <= (RADIUS - k % 9) ** 2
        labels[r - RADIUS:r + RADIUS + 1, c - RADIUS:c + RADIUS + 1][disk] = k + 1
    return labels


def read_channel():
    y = np.arange(SIZE, dtype=np.float32)[:, None]
    x = np.arange(SIZE, dtype=np.float32)[None, :]
    return 100 + 20 * np.sin(y / 50) * np.cos(x / 70)


def cell_masks(labels):
    """(window, mask within the window) of each cell."""
    for k, window in enumerate(ndimage.find_objects(labels), start=1):
        yield window, labels[window] == k


def bounding_box(window):
    rows, cols = window
    return rows.start, rows.stop, cols.start, cols.stop


def measure(labels, channel):
    table = []
    for window, mask in cell_masks(labels):
        box = bounding_box(window)
        inside = channel[window][mask]
        table.append((int(mask.sum()), box, float(inside.mean(dtype=np.float64)),
                      float(inside.max())))
    return table


def elongation(box):
    return (box[1] - box[0]) / (box[3] - box[2])


def main():
    labels, channel = segment(), read_channel()
    table = measure(labels, channel)
    areas = np.array([row[0] for row in table])
    print("cells", len(table), "area", int(areas.sum()), "median", float(np.median(areas)))
    for k in range(0, len(table), 21):
        area, box, mean, high = table[k]
        print(k + 1, area, box, "%.4f %.4f %.3f" % (mean, high, elongation(box)))


if __name__ == "__main__":
    main()
