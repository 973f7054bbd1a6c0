"""What a change lets go of as rings waits for the collector: savings are without what waits together."""

from __future__ import annotations

from pathlib import Path

from tests.heap.test_many_clients import assert_figures_are_told
from tests.heap.test_whole_programs import advised, assert_one_arm_is_told

RING = """
import itertools, random
marks = itertools.count(1000)
class Artist:
    def __init__(self, figure): self.figure, self.marks = figure, [[next(marks)] for _ in range(300)]
class Figure:
    def __init__(self): self.artists, self.pixels = [Artist(self) for _ in range(4)], random.randbytes(400_000)
"""
RINGS = """
import sys
sys.path.insert(0, "site-packages")
from matplotlib.figure import Figure
kept, drawn = [], 0
for _ in range(60):
    figure = Figure()
    HERE
    drawn += len(figure.artists)
print(drawn)
"""


def test_closed_figures_that_wait_for_the_collector_are_not_saved(tmp_path: Path) -> None:
    before, after = assert_figures_are_told(tmp_path, RING, RINGS, "pass")
    assert after > 0.1 * before, "some wait"


CACHED = """
import functools
class Model:
    def __init__(self, number): self.weights = bytearray(50_000 + number)MADE
    CACHE
    def score(self, x): return x + len(self.weights)
total = 0
for n in range(600): total += Model(n).score(1)  # asked
print(total)
"""


def test_caches_of_instances_are_rings(tmp_path: Path) -> None:
    bad = CACHED.replace("MADE", "").replace("CACHE", "@functools.lru_cache(maxsize=None)")
    good = CACHED.replace("CACHE", "").replace("def score", "def _score")
    good = good.replace("MADE", "; self.score = functools.lru_cache(maxsize=128)(self._score)")
    assert_one_arm_is_told(tmp_path, "HW112", bad, good, "# asked", within=0.05)


RULES = """
import importlib.util, sys
def scored(job):
    name = f"rules_{job}"
    with open(f"{name}.py", "w") as file:
        file.write("WEIGHTS = [n * n + 1000 for n in range(800)]\\ndef score(x): return WEIGHTS[x]\\n")
    spec = importlib.util.spec_from_file_location(name, f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # put
    spec.loader.exec_module(module)
    score = module.score(job)
    HERE
    return score
print(sum(scored(n) for n in range(800)))
"""


def test_modules_with_functions_are_rings(tmp_path: Path) -> None:
    good = RULES.replace("HERE", "del sys.modules[name]")
    assert_one_arm_is_told(tmp_path, "HW341", RULES.replace("HERE", "pass"), good, "put", 0.1)


QUOTES = """
import gc
class Rule:
    def __init__(self, name, factor, parent=None):
        self.name, self.factor, self.parent, self.children = name, factor, parent, []
        if parent is not None: parent.children.append(self)
    def premium(self):
        return self.factor + sum(child.premium() for child in self.children)
def parse(policy):
    root = Rule(f"policy {policy}", 40)
    for section in range(12):
        head = Rule(f"policy {policy} section {section}", section % 50, root)
        for clause in range(14):
            sub = Rule(f"clause {section}.{clause} of {policy}", clause % 60, head)
            Rule(f"note to clause {section}.{clause}", clause % 3, sub)
    return root
BEGIN
total, kept = 0, []
for n in range(300):
    rules = parse(n)
    total += rules.premium()
    DONE
print(total)
"""


def test_of_what_waits_for_the_collector_nothing_else_is_told(tmp_path: Path) -> None:
    text = QUOTES.replace("BEGIN", "gc.disable()").replace("DONE", "pass")
    found, peak_bytes, _ = advised(tmp_path, text, "--snapshot", "peak,end")
    assert [each["code"] for each in found["findings"]] == ["HW131"]
    [finding] = found["findings"]
    assert finding["saving_bytes"] > 0.7 * peak_bytes
    lines = [text.splitlines()[each["line"] - 1] for each in finding["related"]]
    assert "gc.disable()" in lines
