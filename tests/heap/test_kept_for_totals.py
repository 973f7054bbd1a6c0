"""HW417: numbers of which only totals are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

LEVELS = """
from collections import defaultdict
class Levels:
    def __init__(self): self.levels = defaultdict(list)
    def add(self, gauge, level): self.levels[gauge].append(level)  # kept
    def means(self): return {gauge: READ for gauge, levels in self.levels.items()}
levels = Levels()
for n in range(100_000): levels.add(n % 30, n / 7)
print(round(sum(levels.means().values())))
"""
RUNNING = """
from collections import defaultdict
class Levels:
    def __init__(self): self.sums, self.counts = defaultdict(float), defaultdict(int)
    def add(self, gauge, level):
        self.sums[gauge] += level
        self.counts[gauge] += 1
    def means(self): return {gauge: total / self.counts[gauge] for gauge, total in self.sums.items()}
levels = Levels()
for n in range(100_000): levels.add(n % 30, n / 7)
print(round(sum(levels.means().values())))
"""
TIMES = """
class Timer:
    def __init__(self): self.seconds = []
    def note(self, seconds): self.seconds.append(seconds)  # kept
    def report(self):
        if not self.seconds: return None
        return READ
timer = Timer()
for n in range(100_000): timer.note(n % 977 + n / 100_000)
print(round(timer.report()))
"""
MOST = """
class Timer:
    def __init__(self): self.most = None
    def note(self, seconds): self.most = seconds if self.most is None else max(self.most, seconds)
    def report(self): return self.most
timer = Timer()
for n in range(100_000): timer.note(n % 977 + n / 100_000)
print(round(timer.report()))
"""
CLEAN = {
    "sorted": TIMES.replace("READ", "sorted(self.seconds)[50_000]"),
    "sliced": TIMES.replace("READ", "max(self.seconds[-1000:])"),
    "by a place": TIMES.replace("READ", "max(self.seconds) - self.seconds[77]"),
    "by a key": TIMES.replace("READ", "max(self.seconds, key=lambda each: each % 7)"),
    "handed on": TIMES.replace("READ", "median(self.seconds)").replace(
        "class", "from statistics import median\nclass", 1
    ),
    "gone through": LEVELS.replace("READ", "sum(level * level for level in levels)"),
    "how many alone": TIMES.replace("READ", "len(self.seconds)"),
    "read from outside": TIMES.replace("READ", "max(self.seconds)")
    + "print(timer.seconds[3] > 9)\n",
}


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        (LEVELS.replace("READ", "sum(levels) / len(levels)"), RUNNING),
        (TIMES.replace("READ", "max(self.seconds)"), MOST),
    ],
    ids=["means", "the largest"],
)
def test_they_are_found_with_all_that_goes(bad: str, good: str, tmp_path: Path) -> None:
    assert_one_arm_is_told(tmp_path, "HW417", bad, good, "# kept", within=0.05)


@pytest.mark.parametrize("name", CLEAN)
def test_numbers_of_which_more_is_read_are_not_told(name: str, tmp_path: Path) -> None:
    assert_is_not_told(tmp_path / "app", "HW417", CLEAN[name])
