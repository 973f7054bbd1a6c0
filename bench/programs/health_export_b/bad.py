"""Import the XML export of a fitness tracker and sum up each kind of record by month."""
import os
import tempfile
import xml.etree.ElementTree as ET
from collections import defaultdict

N_RECORDS = 110_000
KINDS = ["StepCount", "HeartRate", "DistanceWalking", "ActiveEnergy"]


def write_export(path):
    with open(path, "w", encoding="utf-8") as f:
        f.write('<?xml version="1.0"?>\n<HealthData locale="en">\n')
        for i in range(N_RECORDS):
            f.write(f'<Record type="{KINDS[i % 4]}" source="watch{i % 3}" '
                    f'start="2023-{1 + i % 12:02d}-{1 + i % 28:02d} 0{i % 10}:00" '
                    f'value="{(i * 31) % 977}"/>\n')
        f.write("</HealthData>\n")


def iter_records(path):
    """Yield (kind, month, value) of each record."""
    for _, element in ET.iterparse(path):
        if element.tag != "Record":
            continue
        yield (element.get("type"), element.get("start")[:7], int(element.get("value")))


class Summary:
    def __init__(self):
        self.count = defaultdict(int)
        self.total = defaultdict(int)
        self.largest = {}

    def add(self, kind, month, value):
        key = (kind, month)
        self.count[key] += 1
        self.total[key] += value
        if value > self.largest.get(kind, (-1, ""))[0]:
            self.largest[kind] = (value, month)


def summarise(path):
    summary = Summary()
    for record in iter_records(path):
        summary.add(*record)
    return summary


def main():
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "export.xml")
        write_export(path)
        summary = summarise(path)
    print("records", sum(summary.count.values()), "groups", len(summary.count))
    for key in sorted(summary.total)[::4]:
        print(*key, summary.count[key], summary.total[key])
    for kind in KINDS:
        print(kind, summary.largest[kind])


if __name__ == "__main__":
    main()
