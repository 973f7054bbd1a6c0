import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def clip_bad(values, limit):
    import warnings
    out = []
    for i, v in enumerate(values):
        if v > limit:
            warnings.warn(f'reading {i} of sensor {i % 97}: {v!r} is above {limit}, the value was clipped', RuntimeWarning)
            v = limit
        out.append(v)
    return sum(out)


def clip_good(values, limit):
    import warnings
    out, clipped = [], 0
    for v in values:
        if v > limit:
            clipped += 1; v = limit
        out.append(v)
    if clipped:
        warnings.warn(f'{clipped} readings above {limit} were clipped', RuntimeWarning)
    return sum(out)


def quiet(message, category, filename, lineno, file=None, line=None):
    pass


def readings():
    import random
    r = random.Random(5)
    return (r.random() for _ in range(200_000))


@case('11 warnings with a text of their own each')
class _:
    def setup(): import random, warnings
    def bad():
        import warnings
        warnings.showwarning = quiet
        return clip_bad(readings(), 0.1)
    def good():
        import warnings
        warnings.showwarning = quiet
        return clip_good(readings(), 0.1)


if __name__ == "__main__":
    kept = run()
