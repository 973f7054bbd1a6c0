import gc
import json
import logging
import os
import sys
import tempfile
import time
import warnings

from harness import CASES, D, case, fixture, run


log = logging.getLogger("prices")
log.addHandler(logging.NullHandler())
log.propagate = False


def quiet():
    warnings.simplefilter("default")
    logging.captureWarnings(True)
    out = logging.getLogger("py.warnings")
    out.addHandler(logging.NullHandler())
    out.propagate = False


def clip_warn(row, price):
    if price > 900:
        warnings.warn(f"row {row}: price {price:.4f} is above the limit of 900, clipped to it", RuntimeWarning)
        return 900.0
    return price


def clip_log(row, price):
    if price > 900:
        log.warning("row %d: price %.4f is above the limit of 900, clipped to it", row, price)
        return 900.0
    return price


@case('11 warning with the row in its text fills __warningregistry__')
class _:
    def bad():
        quiet()
        total = 0.0
        for row in range(150_000):
            total += clip_warn(row, 899 + (row * 7919 % 10_007) / 10)
        return total

    def good():
        quiet()
        total = 0.0
        for row in range(150_000):
            total += clip_log(row, 899 + (row * 7919 % 10_007) / 10)
        return total


if __name__ == "__main__":
    kept = run()
