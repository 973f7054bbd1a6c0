import numpy as np

from harness import case, fixture, run

SHEETS, WIDTH = 120_000, 128


def build(path):
    rng = np.random.default_rng(2323)
    with open(path, "wb") as out:
        np.lib.format.write_array_header_2_0(
            out, {"descr": "<f4", "fortran_order": False, "shape": (SHEETS, WIDTH)})
        for _ in range(SHEETS // 1_000):
            rng.standard_normal((1_000, WIDTH), dtype=np.float32).tofile(out)


class Herbarium:
    """Finds, within a drawer, the sheets that look most like a given one."""

    drawer = 400

    def __init__(self, path):
        self.features = self.open(path)

    def open(self, path):
        return np.load(path)

    def neighbours(self, sheet, count=3):
        first = sheet // self.drawer * self.drawer
        drawer = np.asarray(self.features[first:first + self.drawer])
        likeness = drawer @ drawer[sheet - first]
        likeness[sheet - first] = -np.inf
        return (first + np.argsort(-likeness, kind="stable")[:count]).tolist()


class MappedHerbarium(Herbarium):
    def open(self, path):
        return np.load(path, mmap_mode="r")


def identify(kind, path):
    herbarium = kind(path)
    found = {sheet: herbarium.neighbours(sheet) for sheet in (5, 40_217, 88_010, 119_999)}
    print(found)
    return herbarium


@case("rr 23 herbarium lookup")
class _:
    def setup():
        _.path = fixture("rr_herbarium.npy", build)

    def bad():
        return identify(Herbarium, _.path)

    def good():
        return identify(MappedHerbarium, _.path)


if __name__ == "__main__":
    kept = run()
