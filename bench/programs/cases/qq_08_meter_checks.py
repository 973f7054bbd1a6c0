import logging
import random
import warnings
from collections import Counter

from harness import case, run

logging.captureWarnings(True)
logging.getLogger("py.warnings").addHandler(logging.NullHandler())
log = logging.getLogger("meters")
log.addHandler(logging.NullHandler())
log.propagate = False


class ReadingWarning(UserWarning):
    pass


def doubtful(meter, reading, expected):
    warnings.warn(
        f"meter {meter}: reading {reading:.3f} differs from the expected {expected:.3f}",
        ReadingWarning,
        stacklevel=2,
    )


def doubtful_logged(meter, reading, expected):
    log.warning("meter %s: reading %.3f differs from the expected %.3f", meter, reading, expected)


def plausible(readings, complain):
    counts = Counter()
    for meter, reading, expected in readings:
        gap = abs(reading - expected)
        if gap > 4 * expected:
            counts["refused"] += 1
        elif gap > 0.05 * expected:
            counts["doubtful"] += 1
            complain(meter, reading, expected)
        else:
            counts["accepted"] += 1
    return counts


def readings(count):
    rng = random.Random(808)
    for number in range(count):
        expected = rng.uniform(80, 900)
        yield f"DE{number * 7919 % 1_000_000:06d}-{number % 40:02d}", expected * rng.uniform(0.8, 1.25), expected


def nightly(complain):
    with warnings.catch_warnings():
        warnings.simplefilter("default", ReadingWarning)
        counts = plausible(readings(210_000), complain)
    print(sorted(counts.items()))
    return counts


@case("qq 08 meter checks")
class _:
    def bad():
        return nightly(doubtful)

    def good():
        return nightly(doubtful_logged)


if __name__ == "__main__":
    kept = run()
