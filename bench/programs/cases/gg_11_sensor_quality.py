import collections
import random
import warnings
from dataclasses import dataclass

from harness import CASES, D, case, fixture, run


class QualityWarning(UserWarning):
    pass


@dataclass(slots=True)
class Sample:
    station: int
    serial: int
    celsius: float


def samples(n):
    rng = random.Random(3)
    for serial in range(n):
        yield Sample(rng.randrange(400), serial, rng.gauss(12, 30))


class Plausibility:
    low, high = -20.0, 40.0

    def __init__(self):
        self.seen = 0
        self.clipped = collections.Counter()
        self.warned = 0

    def note(self, message, category, filename, lineno, file=None, line=None):
        self.warned += 1

    def complain(self, sample):
        raise NotImplementedError

    def clip(self, sample):
        self.seen += 1
        if self.low <= sample.celsius <= self.high:
            return sample.celsius
        self.clipped[sample.station] += 1
        self.complain(sample)
        return min(max(sample.celsius, self.low), self.high)


class DetailedPlausibility(Plausibility):
    def complain(self, sample):
        warnings.warn(
            f"station {sample.station}: sample {sample.serial} of {sample.celsius:.6f} degrees lies outside "
            f"the plausible range {self.low}..{self.high} and was clipped; see the calibration sheet "
            f"of the station and consider marking the sample as bad", QualityWarning, stacklevel=2)


class ConstantPlausibility(Plausibility):
    def complain(self, sample):
        warnings.warn("samples outside the plausible range were clipped; "
                      "Plausibility.clipped counts them by station", QualityWarning, stacklevel=2)


def clean(checker, n=180_000):
    warnings.simplefilter("default", QualityWarning)
    warnings.showwarning = checker.note
    total = 0.0
    for sample in samples(n):
        total += checker.clip(sample)
    return checker, total / n


@case('11 warning texts made unique')
class _:
    def bad():
        return clean(DetailedPlausibility())

    def good():
        return clean(ConstantPlausibility())


if __name__ == "__main__":
    kept = run()
