import gc
import json
import os
import sys
import tempfile
import time

from harness import CASES, D, case, fixture, run


def parse_reading(number, text):
    import warnings
    if text.endswith("?"):
        warnings.warn(f"reading {number}: value {text!r} is marked as doubtful by the station, kept", stacklevel=2)
        text = text[:-1]
    return float(text)


@case('05 recorded warnings of a long run')
class _:
    def setup():
        import warnings

    def bad():
        import warnings

        def import_readings(count):
            total = 0.0
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                for number in range(count):
                    total += parse_reading(number, f"{number % 400 / 10}?")
            return total, caught

        total, caught = import_readings(140_000)
        print(f"sum {total:.1f}, {len(caught)} warnings")
        return caught

    def good():
        import warnings

        class Tally:
            def __init__(self):
                self.warnings = 0

            def show(self, message, category, filename, lineno, file=None, line=None):
                self.warnings += 1

        def import_readings(count):
            total = 0.0
            tally = Tally()
            with warnings.catch_warnings():
                warnings.simplefilter("always")
                warnings.showwarning = tally.show
                for number in range(count):
                    total += parse_reading(number, f"{number % 400 / 10}?")
            return total, tally

        total, tally = import_readings(140_000)
        print(f"sum {total:.1f}, {tally.warnings} warnings")
        return tally


if __name__ == "__main__":
    kept = run()
