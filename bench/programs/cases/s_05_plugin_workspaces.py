"""Plugin host: each document is run through plugins in a workspace that owns scratch memory and a folder."""
import os
import random
import shutil
import sys
import tempfile
import weakref
from array import array

LEDGER = {"opened": 0, "removed": 0}


def remove_folder(folder):
    shutil.rmtree(folder, ignore_errors=True)
    LEDGER["removed"] += 1


class Workspace:
    """Scratch columns for one document; its folder goes away with it, at the latest at exit."""

    def __init__(self, document, arm):
        self.document = document
        self.folder = tempfile.mkdtemp(prefix="tt-ws-")
        self.columns = {}
        LEDGER["opened"] += 1
        if arm == "bad":
            self._guard_bad()
        else:
            self._guard_good()

    def _guard_bad(self):
        self.finalizer = weakref.finalize(self, self._remove)

    def _guard_good(self):
        self.finalizer = weakref.finalize(self, remove_folder, self.folder)

    def _remove(self):
        remove_folder(self.folder)

    def column(self, name, size):
        column = self.columns.get(name)
        if column is None:
            column = self.columns[name] = array("d", bytes(8 * size))
        return column


class Plugin:
    name = "plugin"

    def run(self, workspace, values):
        raise NotImplementedError


class Smooth(Plugin):
    name = "smooth"

    def run(self, workspace, values):
        out = workspace.column(self.name, len(values))
        last = values[0]
        for i, value in enumerate(values):
            last += 0.2 * (value - last)
            out[i] = last
        return out


class Returns(Plugin):
    name = "returns"

    def run(self, workspace, values):
        out = workspace.column(self.name, len(values))
        for i in range(1, len(values)):
            out[i] = values[i] / values[i - 1] - 1.0
        return values


class Drawdown(Plugin):
    name = "drawdown"

    def run(self, workspace, values):
        out = workspace.column(self.name, len(values))
        peak = values[0]
        for i, value in enumerate(values):
            peak = max(peak, value)
            out[i] = value / peak - 1.0
        return out


class Host:
    def __init__(self, arm):
        self.arm = arm
        self.plugins = [Smooth(), Returns(), Drawdown()]
        self.reports = []

    def process(self, document, values):
        workspace = Workspace(document, self.arm)
        with open(os.path.join(workspace.folder, "name.txt"), "w") as out:
            out.write(document)
        for plugin in self.plugins:
            values = plugin.run(workspace, values)
        worst = min(workspace.columns["drawdown"])
        self.reports.append((document, round(worst, 6), len(workspace.columns)))


def walk(rng, size):
    level = rng.uniform(20, 200)
    series = array("d")
    for _ in range(size):
        level *= 1.0 + rng.gauss(0, 0.004)
        series.append(level)
    return series


def main(arm):
    rng = random.Random(23)
    host = Host(arm)
    for number in range(90):
        host.process("fund-%03d-%04x" % (number, rng.getrandbits(16)), walk(rng, rng.randrange(20_000, 45_000)))
    print("documents", len(host.reports), "opened", LEDGER["opened"],
          "worst", min(r[1] for r in host.reports), "columns", sum(r[2] for r in host.reports))
    return host


if __name__ == "__main__":
    STATE = main(sys.argv[1])
