"""Reads result archives of simulation runs; each is unpacked into a working directory that goes at exit."""
import array
import atexit
import os
import shutil
import tempfile
import zipfile

from harness import case, fixture, run


def build(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        values = array.array("d", (i * 0.25 % 77 for i in range(180000)))
        archive.writestr("flows.bin", values.tobytes())


class ResultFile:
    def __init__(self, path):
        self.path = path
        self.workdir = tempfile.mkdtemp(prefix="results-")
        self.flows = array.array("d")
        self.on_exit()

    def on_exit(self):
        atexit.register(self.close)

    def close(self):
        shutil.rmtree(self.workdir, ignore_errors=True)

    def read(self):
        with zipfile.ZipFile(self.path) as archive:
            member = archive.extract("flows.bin", self.workdir)
        with open(member, "rb") as data:
            self.flows.frombytes(data.read())
        os.remove(member)
        return self

    def total(self, first, last):
        return sum(v * v for v in self.flows[first:last])


class ResultFileByDir(ResultFile):
    def on_exit(self):
        atexit.register(shutil.rmtree, self.workdir, ignore_errors=True)


def compare(reader, path, scenarios):
    totals = []
    for scenario in range(scenarios):
        results = reader(path).read()
        totals.append(results.total(scenario * 10, scenario * 10 + 60000))
        results.close()
    print(len(totals), round(sum(totals), 2))
    return totals


@case("yy 09 unpacked results")
class _:
    def setup():
        fixture("yy09_results.zip", build)

    def bad():
        return compare(ResultFile, fixture("yy09_results.zip", build), 45)

    def good():
        return compare(ResultFileByDir, fixture("yy09_results.zip", build), 45)


if __name__ == "__main__":
    kept = run()
