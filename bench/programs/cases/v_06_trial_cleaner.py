"""Cleans the visit records of a clinical trial: range checks, unit repair, running site statistics."""
import math
import random
import sys
import warnings
from collections import Counter

ARM = sys.argv[1]
VISITS = 300000
SITES = ("Graz", "Leiden", "Porto", "Turku", "Lyon", "Cork")
LIMITS = {"sbp": (90, 140), "glucose": (3.9, 7.8), "weight": (45, 110), "alt": (7, 50)}


class DataQualityWarning(UserWarning):
    pass


class LogOnce:
    """Shows a data quality remark in the run log: the first few, then only a count."""

    def __init__(self, room):
        self.room = room
        self.lines = []

    def __call__(self, message, category, filename, lineno, file=None, line=None):
        if len(self.lines) < self.room:
            self.lines.append(str(message))


class VisitSource:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def _values(self):
        draw = self.random
        return {"sbp": draw.gauss(131, 19), "glucose": draw.lognormvariate(1.75, 0.28),
                "weight": draw.gauss(78, 17), "alt": draw.lognormvariate(3.3, 0.5)}

    def __iter__(self):
        for number in range(VISITS):
            values = self._values()
            if self.random.random() < 0.02:
                values["glucose"] *= 18.0
            yield "S%05d" % self.random.randrange(24000), 1 + number % 7, self.random.choice(SITES), values


class Running:
    __slots__ = ("count", "mean", "square")

    def __init__(self):
        self.count, self.mean, self.square = 0, 0.0, 0.0

    def add(self, value):
        self.count += 1
        delta = value - self.mean
        self.mean += delta / self.count
        self.square += delta * (value - self.mean)

    def deviation(self):
        return math.sqrt(self.square / max(1, self.count - 1))


class Remarks:
    def __init__(self):
        self.counts = Counter()

    def tell_bad(self, subject, visit, name, value):
        warnings.warn("subject %s visit %d: %s = %.3f is outside of the reference range %s"
                      % (subject, visit, name, value, LIMITS[name]), DataQualityWarning)

    def tell_good(self, subject, visit, name, value):
        warnings.warn("%s is outside of the reference range %s" % (name, LIMITS[name]), DataQualityWarning)

    tell = tell_bad if ARM == "bad" else tell_good

    def out_of_range(self, subject, visit, name, value):
        self.counts[name] += 1
        self.tell(subject, visit, name, value)


class Cleaner:
    def __init__(self, remarks):
        self.remarks = remarks
        self.sites = {(site, name): Running() for site in SITES for name in LIMITS}

    @staticmethod
    def _repair(name, value):
        if name == "glucose" and value > 40:
            return value / 18.0
        return value

    def _check(self, subject, visit, name, value):
        low, high = LIMITS[name]
        if not low <= value <= high:
            self.remarks.out_of_range(subject, visit, name, value)

    def visit(self, subject, number, site, values):
        for name, value in values.items():
            value = self._repair(name, value)
            self._check(subject, number, name, value)
            self.sites[site, name].add(value)


def configure_log():
    warnings.simplefilter("default", DataQualityWarning)
    warnings.showwarning = LogOnce(20)


configure_log()
CLEANER = Cleaner(Remarks())
for record in VisitSource(31):
    CLEANER.visit(*record)
print("remarks", sorted(CLEANER.remarks.counts.items()),
      "Graz sbp %.2f +- %.2f" % (CLEANER.sites["Graz", "sbp"].mean, CLEANER.sites["Graz", "sbp"].deviation()))
