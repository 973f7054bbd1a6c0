import numpy as np

from harness import case, fixture, run

MONTHS, STEPS = 4, 700_000
COLUMNS = ["demand", "solar", "wind", "price", "load"]


def build(path):
    rng = np.random.default_rng(91)
    with open(path, "wb") as out:
        for month in range(MONTHS):
            for k in range(len(COLUMNS)):
                (rng.integers(0, 4000, STEPS) / 8 + month + k).tofile(out)


class GridArchive:
    def __init__(self, path):
        self.path = path

    def month(self, number):
        count = STEPS * len(COLUMNS)
        values = np.fromfile(self.path, dtype=np.float64, count=count, offset=8 * count * number)
        return dict(zip(COLUMNS, values.reshape(len(COLUMNS), STEPS)))


def profile(columns):
    return {name: (float(values.mean()), float(values.max())) for name, values in columns.items()}


def report(profiles):
    for month, values in enumerate(profiles):
        print(month, {name: f"{mean:.3f}/{top:.1f}" for name, (mean, top) in values.items()})


@case("vv 23 profile of every month")
class _:
    path = None

    def setup():
        _.path = fixture("vv23_grid.bin", build)

    def bad():
        archive = GridArchive(_.path)
        profiles = []
        for number in range(MONTHS):
            month = archive.month(number)
            profiles.append(profile(month))
        report(profiles)

    def good():
        archive = GridArchive(_.path)
        profiles = []
        for number in range(MONTHS):
            month = archive.month(number)
            profiles.append(profile(month))
            del month
        report(profiles)


if __name__ == "__main__":
    kept = run()
