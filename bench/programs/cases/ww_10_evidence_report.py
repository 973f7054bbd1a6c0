"""Writes the HTML report of a forensic tool: one table row per file found."""
import random
import tempfile
import zlib

from jinja2 import Environment

from harness import case, run

REPORT = """<html><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1><table>
{% for item in items %}<tr class="{{ loop.cycle('odd', 'even') }}">
 <td>{{ item.path|e }}</td><td>{{ item.size }}</td><td>{{ item.digest }}</td>
 <td>{% if item.deleted %}deleted{% else %}present{% endif %}</td>
</tr>
{% endfor %}</table></body></html>
"""


class Item:
    def __init__(self, number, rng):
        self.path = f"/account/{number % 40}/folder {number % 700}/file & copy {number}.dat"
        self.size = rng.randrange(10, 10_000_000)
        self.digest = f"{zlib.crc32(self.path.encode()):08x}"
        self.deleted = rng.random() < 0.2


def found(count, seed=15):
    rng = random.Random(seed)
    for number in range(count):
        yield Item(number, rng)


class Report:
    def __init__(self):
        self.template = Environment().from_string(REPORT)

    def write(self, out, items):
        text = self.template.render(title="Evidence", items=items)
        out.write(text)


class StreamedReport(Report):
    def write(self, out, items):
        stream = self.template.stream(title="Evidence", items=items)
        stream.enable_buffering(200)
        stream.dump(out)


def checksum(out):
    out.seek(0)
    value = 0
    while block := out.read(65_536):
        value = zlib.crc32(block.encode(), value)
    return value


def issue(report, files=85_000):
    with tempfile.TemporaryFile("w+") as out:
        report.write(out, found(files))
        size = out.tell()
        print(size, checksum(out))
    return size


@case("ww 10 evidence report")
class _:
    def bad():
        return issue(Report())

    def good():
        return issue(StreamedReport())


if __name__ == "__main__":
    kept = run()
