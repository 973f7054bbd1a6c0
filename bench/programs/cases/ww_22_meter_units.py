"""Normalises meter readings; odd ones are warned about and corrected."""
import random
import warnings

from harness import case, run


class ReadingWarning(UserWarning):
    pass


class Tally:
    """Takes the place of printing: the monitoring page shows how many warnings there were."""

    def __init__(self):
        self.shown = 0

    def __call__(self, message, category, filename, lineno, file=None, line=None):
        self.shown += 1


class Normaliser:
    def __init__(self):
        self.total = 0.0
        self.fixed = 0

    def complain(self, meter, stamp, value):
        warnings.warn(f"meter {meter} at {stamp}: negative reading {value:.3f} set to zero", ReadingWarning)

    def reading(self, meter, stamp, value):
        if value < 0:
            self.complain(meter, stamp, value)
            self.fixed += 1
            value = 0.0
        self.total += value


class ConstantTextNormaliser(Normaliser):
    def complain(self, meter, stamp, value):
        warnings.warn("negative reading set to zero", ReadingWarning)


def readings(count, seed=14):
    rng = random.Random(seed)
    for stamp in range(count):
        yield rng.randrange(5000), stamp, rng.gauss(0.0, 10.0)


def normalise(job, count=300_000):
    warnings.simplefilter("default", ReadingWarning)
    warnings.showwarning = Tally()
    for meter, stamp, value in readings(count):
        job.reading(meter, stamp, value)
    print(job.fixed, round(job.total, 4))
    return job


@case("ww 22 meter units")
class _:
    def bad():
        return normalise(Normaliser())

    def good():
        return normalise(ConstantTextNormaliser())


if __name__ == "__main__":
    kept = run()
