"""Brings the object ids of a segmented image stack into the range 1..n."""
import numpy as np

HEIGHT, WIDTH, SECTIONS = 420, 560, 6


def read_section(number):
    """A section as it comes from the segmentation cluster: blocks of pixels
    that carry the id of their object in the whole data set."""
    rng = np.random.default_rng(100 + number)
    rows, columns = HEIGHT // 14, WIDTH // 14
    ids = rng.integers(1, 9_500_000, size=(rows, columns))
    ids[rng.random((rows, columns)) < 0.2] = 0
    ids[0, 0] = 9_400_000 + number
    return np.kron(ids, np.ones((14, 14), dtype=np.int64))


def relabel(labels, offset=1):
    """Same image with ids offset.. in ascending order of the old ids; 0 stays."""
    present = np.unique(labels)
    present = present[present != 0]
    relabelled = np.searchsorted(present, labels)
    relabelled += offset
    relabelled[labels == 0] = 0
    return relabelled, present


class StackStatistics:
    def __init__(self):
        self.objects = 0
        self.pixels = 0
        self.largest = (0, 0)

    def add(self, section, relabelled, present):
        sizes = np.bincount(relabelled.ravel())[1:]
        biggest = int(sizes.argmax())
        self.objects += len(present)
        self.pixels += int(sizes.sum())
        self.largest = max(self.largest, (int(sizes[biggest]), int(present[biggest])))
        print("section", section, "objects", len(present),
              "id range", int(present[0]), int(present[-1]),
              "checksum", int((relabelled * (1 + np.arange(WIDTH))).sum()))


def main():
    statistics = StackStatistics()
    for number in range(SECTIONS):
        labels = read_section(number)
        relabelled, present = relabel(labels)
        assert relabelled.max() == len(present)
        statistics.add(number, relabelled, present)
    print("objects", statistics.objects, "pixels", statistics.pixels)
    print("largest", *statistics.largest)


if __name__ == "__main__":
    main()
