"""HW344: axes that keep all that was ever drawn on them, in a small imitation of matplotlib."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised

AXES = """
import array
class Artist:
    def __init__(self, x, y, label, alpha): self._label, self._alpha, self.x, self.y = label, alpha, x, y
    def set_data(self, x, y): self.x, self.y = array.array("d", x), array.array("d", y)
class Axes:
    def __init__(self): self._children = []
    def plot(self, x, y, label="_child", alpha=None):
        self._children.append(Artist(array.array("d", x), array.array("d", y), label, alpha))
        return [self._children[-1]]
class Figure:
    def __init__(self): self.axes = [Axes()]
    def draw(self): return sum(each.y[-1] for each in self.axes[0]._children)
    def savefig(self, name): self.draw()
"""
X = "x = [float(n) for n in range(3000)]\ndef curve(n): return [each * n for each in x]\n"
START = f"from matplotlib.axes._axes import Figure\n{X}"
MONITOR = (
    START
    + """
class Monitor:
    def __init__(self):
        self.figure = Figure()
        self.axes = self.figure.axes[0]
        self.line = None
        self.lines = []
    def METHOD(self, y):
        HERE
monitor = Monitor()
for n in range(80): monitor.METHOD(curve(n))
print(monitor.figure.axes is not None)
"""
)
LOOP = (
    START
    + """
def main():
    figure = Figure()
    axes = figure.axes[0]
    for n in range(80):
        HERE
        AFTER
    figure.savefig("all.png")
    return figure
figure = main()
print("drawn")
"""
)
TWO_CALLS = MONITOR.replace("METHOD", "told").replace("monitor = ", """
    def values(self, all_of_them):
        for y in all_of_them: self.told(y)
    def picture(self): self.figure.draw()
monitor = """).replace("for n in range(80): monitor.told(curve(n))", """
def watched(monitor):
    for n in range(80):
        BEGIN
        monitor.values([curve(n)])
        monitor.picture()
watched(monitor)""")  # fmt: skip
DRAW, SET = (
    "self.axes.plot(x, y)",
    """if self.line is None: self.line, = self.axes.plot(x, y)
        else: self.line.set_data(x, y)""",
)
FOUND = {
    "update": (MONITOR.replace("METHOD", "update"), DRAW, SET),
    "few large ones": (
        MONITOR.replace("METHOD", "update").replace("range(3000)", "range(60_000)").replace("range(80)", "range(15)"), DRAW, SET,
    ),
    "shown at once": (MONITOR.replace("METHOD", "told"), DRAW + "; self.figure.draw()", SET + "\n        self.figure.draw()"),
    "shown by who calls": (
        MONITOR.replace("METHOD", "told").replace("monitor = ", """
    def shown(self, y):
        self.told(y)
        self.figure.draw()
monitor = """).replace("monitor.told(", "monitor.shown("), DRAW, SET),
    "shown by who calls what calls": (TWO_CALLS.replace("BEGIN", "pass"), DRAW, SET),
    "loop": (LOOP.replace("AFTER", "figure.savefig(f'{n}.png')"), "axes.plot(x, curve(n))",
             "axes._children.clear(); axes.plot(x, curve(n))"),
}  # fmt: skip
NEEDED = {
    "many curves": LOOP.replace("HERE", "axes.plot(x, curve(n))").replace("AFTER", "pass"),
    "one of each turn": TWO_CALLS.replace("BEGIN", "monitor = Monitor()").replace("HERE", DRAW)
                        .replace("range(80)", "range(3)").replace("[curve(n)]", "map(curve, range(80))"),
    "labels": LOOP.replace("HERE", "axes.plot(x, curve(n), label=str(n))").replace("AFTER", "figure.draw()"),
    "light ones": MONITOR.replace("HERE", "self.axes.plot(x, y, alpha=0.1)").replace("METHOD", "update"),
    "added in a loop and shown": MONITOR.replace("METHOD", "curve_of").replace("HERE", DRAW).replace("monitor = ", """
    def shown(self):
        for n in range(80): self.curve_of(curve(n))
        self.figure.draw()
monitor = """).replace("for n in range(80): monitor.curve_of(curve(n))", "monitor.shown()"),
    "method that adds": MONITOR.replace("METHOD", "add_curve").replace("HERE", DRAW),
    "kept": MONITOR.replace("METHOD", "update").replace("HERE", "self.lines.append(self.axes.plot(x, y))"),
    "all at once": MONITOR.replace("METHOD", "show").replace("HERE", "for n in range(80): self.axes.plot(x, curve(n))\n"
                   "        self.figure.draw()").replace("for n in range(80): monitor.show(curve(n))", "monitor.show([])"),
}  # fmt: skip


@pytest.fixture
def matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The imitation, as if it were installed."""
    library = tmp_path / "site-packages" / "matplotlib" / "axes"
    library.mkdir(parents=True)
    (library.parent / "__init__.py").touch()
    (library / "__init__.py").touch()
    (library / "_axes.py").write_text(AXES)
    monkeypatch.setenv("PYTHONPATH", str(library.parent.parent), prepend=os.pathsep)


@pytest.mark.usefixtures("matplotlib")
@pytest.mark.parametrize("name", FOUND)
def test_what_is_drawn_again_is_found_and_its_twin_is_not(name: str, tmp_path: Path) -> None:
    text, wasteful, mended = FOUND[name]
    bad = text.replace("HERE", wasteful)
    found, before, said = advised(tmp_path / "bad", bad, "--snapshot", "peak,end")
    good = text.replace("HERE", mended)
    twin, after, twin_said = advised(tmp_path / "good", good, "--snapshot", "peak,end")
    assert said == twin_said != ""
    first = next(each for each in found["findings"] if each["code"] == "HW344")
    assert ".plot(x," in bad.splitlines()[first["line"] - 1]
    assert 0.88 * (before - after) <= first["saving_bytes"] <= 1.12 * (before - after)
    assert "HW344" not in [each["code"] for each in twin["findings"]]


@pytest.mark.usefixtures("matplotlib")
@pytest.mark.parametrize("name", NEEDED)
def test_curves_that_belong_together_are_not_told(name: str, tmp_path: Path) -> None:
    found, _, _ = advised(tmp_path / "app", NEEDED[name], "--snapshot", "peak,end")
    assert "HW344" not in [each["code"] for each in found["findings"]]
