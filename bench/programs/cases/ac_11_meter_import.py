"""Imports the readings of smart meters; odd readings are corrected, and reported to the operator."""
import warnings
from collections import Counter

from harness import case, run


class ReadingWarning(UserWarning):
    pass


class Report:
    """Where the operator sees what was corrected."""

    def __init__(self):
        self.kinds = Counter()
        self.last = ""

    def add(self, message, category, filename, lineno, file=None, line=None):
        text = str(message)
        self.kinds[text.split(":")[0]] += 1
        self.last = text


def readings(count):
    for n in range(count):
        meter = f"DE{n * 7919 % 900_000:09d}"
        yield meter, n, (n * 31) % 5000 - 1500, ("kWh", "Wh", "MJ")[n % 3]


class Importer:
    def __init__(self):
        self.total = 0.0
        self.rows = 0

    def correct(self, meter, at, value, unit):
        if value < 0:
            self.warn(f"negative: meter {meter} sent {value} {unit} at minute {at}; the sign of the "
                      "reading was turned because the meter is known to be mounted the other way round")
            value = -value
        if unit != "kWh":
            self.warn(f"unit: meter {meter} sent {value} in {unit} at minute {at}; the reading was "
                      "converted with the standard factor, the meter should be set to kWh on the next visit")
            value /= 1000 if unit == "Wh" else 3.6
        return value

    def warn(self, text):
        warnings.warn(text, ReadingWarning)

    def load(self, rows):
        for meter, at, value, unit in rows:
            self.total += self.correct(meter, at, value, unit)
            self.rows += 1


def import_day(count=300_000, policy="default"):
    report = Report()
    importer = Importer()
    with warnings.catch_warnings():
        warnings.simplefilter(policy, ReadingWarning)
        warnings.showwarning = report.add
        importer.load(readings(count))
    print(f"{importer.rows} readings, {importer.total:.1f} kWh, {sorted(report.kinds.items())}")
    return importer


@case("ac 11 meter import")
class _:
    def bad():
        return import_day()

    def good():
        return import_day(policy="always")


if __name__ == "__main__":
    kept = run()
