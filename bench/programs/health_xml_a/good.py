"""Imports a phone health export and prints daily totals per metric."""
import os
import tempfile
import xml.etree.ElementTree as ET
from collections import defaultdict
from xml.sax.saxutils import quoteattr

TYPES = ("StepCount", "HeartRate", "ActiveEnergyBurned", "FlightsClimbed", "BodyMass")


def write_export(path, count):
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="en_GB">\n')
        for n in range(count):
            kind = "HKQuantityTypeIdentifier" + TYPES[n % len(TYPES)]
            day = f"2023-{1 + n // 9000 % 12:02d}-{1 + n // 300 % 28:02d}"
            attrs = {
                "type": kind,
                "sourceName": f"Watch {n % 3}",
                "unit": "count",
                "startDate": f"{day} 08:{n % 60:02d}:00 +0100",
                "value": str((n * 7919) % 1000),
            }
            body = " ".join(f"{key}={quoteattr(val)}" for key, val in attrs.items())
            out.write(f"  <Record {body}><MetadataEntry key=\"tz\" value=\"Europe/London\"/></Record>\n")
        out.write("</HealthData>\n")


def short_type(name):
    return name.removeprefix("HKQuantityTypeIdentifier")


def iter_records(path):
    """Yield (type, day, value) for every record in the export."""
    events = ET.iterparse(path, events=("start", "end"))
    _, root = next(events)
    for event, elem in events:
        if event == "end" and elem.tag == "Record":
            yield short_type(elem.get("type")), elem.get("startDate")[:10], float(elem.get("value"))
            root.clear()


class DailyTotals:
    def __init__(self):
        self._sums = defaultdict(float)
        self._counts = defaultdict(int)

    def add(self, kind, day, value):
        self._sums[kind, day] += value
        self._counts[kind, day] += 1

    def best_day(self, kind):
        return max((total, day) for (k, day), total in self._sums.items() if k == kind)

    def days(self, kind):
        return sum(1 for k, _ in self._sums if k == kind)

    def mean(self, kind):
        total = sum(v for (k, _), v in self._sums.items() if k == kind)
        count = sum(v for (k, _), v in self._counts.items() if k == kind)
        return total / count


def import_export(path):
    totals = DailyTotals()
    for kind, day, value in iter_records(path):
        totals.add(kind, day, value)
    return totals


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "export.xml")
        write_export(path, 90_000)
        totals = import_export(path)
    for kind in TYPES:
        total, day = totals.best_day(kind)
        print(f"{kind:20s} days={totals.days(kind)} mean={totals.mean(kind):.2f} best={day} {total:.0f}")


if __name__ == "__main__":
    main()
