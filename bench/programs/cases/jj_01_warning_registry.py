import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


class GridWarning(UserWarning):
    """A star had to be moved onto the grid."""


def binaries(n):
    """Initial masses of a population, in solar masses."""
    import random
    r = random.Random(364)
    for number in range(n):
        yield number, r.uniform(0.05, 120.0), r.uniform(0.05, 120.0)


def summary_of_warnings(counts):
    """Warnings are counted by category, the run prints the table at its end."""
    import warnings
    warnings.simplefilter("default", GridWarning)

    def showwarning(message, category, filename, lineno, file=None, line=None):
        counts[category.__name__] = counts.get(category.__name__, 0) + 1
    warnings.showwarning = showwarning


def match_to_grid(m1, m2):
    return min(max(m1, 0.5), 100.0), min(max(m2, 0.5), 100.0)


@case('03 warning text with the data in it')
class _:
    def setup(): import random, warnings
    def bad():
        import warnings
        counts, total = {}, 0.0
        summary_of_warnings(counts)
        for number, m1, m2 in binaries(180_000):
            a, b = match_to_grid(m1, m2)
            warnings.warn(f"binary {number}: masses ({m1:.8f}, {m2:.8f}) Msun were matched to the grid "
                          f"point ({a:.4f}, {b:.4f}) of the single star tracks", GridWarning)
            total += a + b
        return counts, round(total, 6)
    def good():
        import warnings
        counts, total = {}, 0.0
        summary_of_warnings(counts)
        for number, m1, m2 in binaries(180_000):
            a, b = match_to_grid(m1, m2)
            warnings.warn_explicit(f"binary {number}: masses ({m1:.8f}, {m2:.8f}) Msun were matched to the grid "
                                   f"point ({a:.4f}, {b:.4f}) of the single star tracks",
                                   GridWarning, __file__, 56, registry={})
            total += a + b
        return counts, round(total, 6)


if __name__ == "__main__":
    kept = run()
