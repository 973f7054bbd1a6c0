"""Evolves a population of binaries by interpolation in a coarse model grid."""
import os
import random
import tempfile
import warnings


class GridWarning(UserWarning):
    """The interpolation left the range of the model grid."""


class WarningLog:
    """Sends warnings to a log file instead of the terminal."""

    def __init__(self, path):
        self.handle = open(path, "w")
        self.lines = 0

    def show(self, message, category, filename, lineno, file=None, line=None):
        self.handle.write(f"{category.__name__}: {message}\n")
        self.lines += 1

    def install(self):
        warnings.showwarning = self.show
        warnings.simplefilter("default", GridWarning)

    def close(self):
        self.handle.close()


class ModelGrid:
    MASSES = (0.8, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0)
    RADII = (0.9, 1.0, 1.4, 1.7, 2.1, 2.8, 3.9, 5.1, 7.0)

    def radius(self, mass):
        if mass < self.MASSES[0] or mass > self.MASSES[-1]:
            warnings.warn(f"mass {mass!r} outside [{self.MASSES[0]}, "
                          f"{self.MASSES[-1]}], nearest model used", GridWarning)
            return self.RADII[0] if mass < 1 else self.RADII[-1]
        for k in range(1, len(self.MASSES)):
            if mass <= self.MASSES[k]:
                low, high = self.MASSES[k - 1], self.MASSES[k]
                part = (mass - low) / (high - low)
                return self.RADII[k - 1] * (1 - part) + self.RADII[k] * part


class Binary:
    __slots__ = ("primary", "secondary", "separation")

    def __init__(self, rng):
        self.primary = 0.4 * rng.paretovariate(1.1)
        self.secondary = self.primary * rng.uniform(0.2, 1.0)
        self.separation = 10 ** rng.uniform(0.3, 3.5)

    def interacts(self, grid):
        reach = grid.radius(self.primary) + grid.radius(self.secondary)
        return self.separation < 2.2 * reach


def run(count, log):
    rng = random.Random(404)
    grid = ModelGrid()
    interacting = 0
    widest = 0.0
    for _ in range(count):
        binary = Binary(rng)
        if binary.interacts(grid):
            interacting += 1
            widest = max(widest, binary.separation)
    print("binaries", count, "interacting", interacting, f"widest {widest:.4f}")
    print("warnings logged", log.lines)


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "grid.log")
        log = WarningLog(path)
        log.install()
        run(220_000, log)
        log.close()
        print("log bytes", os.path.getsize(path))


if __name__ == "__main__":
    main()
