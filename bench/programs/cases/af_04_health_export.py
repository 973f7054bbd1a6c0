"""Reads the export file of a step counter and makes a table of days, devices and best hours."""
from collections import Counter, defaultdict
from xml.etree import ElementTree

from harness import case, fixture, run

KINDS = ["StepCount", "HeartRate", "Distance", "Flights", "Energy"]
RECORDS = 380_000


def write_export(path):
    with open(path, "w") as out:
        out.write('<?xml version="1.0"?>\n<HealthData locale="en">\n')
        for i in range(RECORDS):
            kind = KINDS[(i * 7 + i // 11) % 5]
            day, minute = i // 900, (i * 8) % 1440
            out.write(f'  <Record type="{kind}" device="d{i % 3}" day="{day}" minute="{minute}">'
                      f"<Value>{(i * 29) % 173}</Value></Record>\n")
        out.write("</HealthData>\n")


class Export:
    """The records of an export file, one after another."""

    def __init__(self, path):
        self.path = path

    def __iter__(self):
        events = ElementTree.iterparse(self.path, events=("start", "end"))
        _, top = next(events)
        for event, element in events:
            if event == "end" and element.tag == "Record":
                yield element
                self.finish(top, element)

    def finish(self, top, element):
        element.clear()


class TrimmedExport(Export):
    def finish(self, top, element):
        top.clear()


class Summary:
    def __init__(self):
        self.steps = Counter()
        self.devices = Counter()
        self.pulse = defaultdict(lambda: [0, 0])
        self.hours = Counter()

    def take(self, record):
        value = int(record.findtext("Value"))
        kind = record.get("type")
        day = int(record.get("day"))
        self.devices[record.get("device")] += 1
        if kind == "StepCount":
            self.steps[day] += value
            self.hours[int(record.get("minute")) // 60] += value
        elif kind == "HeartRate":
            entry = self.pulse[day]
            entry[0] += value
            entry[1] += 1

    def lines(self):
        best = min(self.steps, key=lambda day: (-self.steps[day], day))
        yield f"days {len(self.steps)} best {best} {self.steps[best]}"
        yield f"devices {sorted(self.devices.items())}"
        yield f"hours {self.hours.most_common(3)}"
        total, count = map(sum, zip(*self.pulse.values()))
        yield f"pulse {total / count:.3f}"


def report(source):
    summary = Summary()
    for record in source:
        summary.take(record)
    print("\n".join(summary.lines()))
    return summary


@case("af 04 health export")
class _:
    def bad():
        return report(Export(fixture("af_04_health.xml", write_export)))

    def good():
        return report(TrimmedExport(fixture("af_04_health.xml", write_export)))


if __name__ == "__main__":
    kept = run()
