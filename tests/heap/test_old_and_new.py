"""HW720: attributes whose last value is there until the next one is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

BOOK = """
def load(supplier, revision):
    return {f"{supplier}-{n:06d}": n * 300 + revision for n in range(4_000)}
class Book:
    def __init__(self): self.revision, self.prices = 0, {}
    def refresh(self):
        self.revision += 1
REFRESHED
    def quote(self, supplier): return self.prices[supplier][f"{supplier}-000007"]
class Rolling(Book):
    def refresh(self):
        self.revision += 1
        for supplier in range(50): self.prices[supplier] = load(supplier, self.revision)
book = KIND()
for _ in range(3):
    book.refresh()
    print(book.quote(4))
"""
FILLED = """
        prices = {}
        for supplier in range(50): prices[supplier] = load(supplier, self.revision)
        self.prices = prices  # next
"""
CALLED = """
        self.prices = self.read()  # next
    def read(self): return {supplier: load(supplier, self.revision) for supplier in range(50)}
"""
FROM_IT = """
        prices = {}
        for supplier in range(50): prices[supplier] = load(supplier, self.revision)
        self.prices = self.prices | prices  # next
"""


@pytest.mark.parametrize("refreshed", [FILLED, CALLED])
def test_it_is_told_with_what_the_last_one_keeps(refreshed: str, tmp_path: Path) -> None:
    text = BOOK.replace("REFRESHED", refreshed)
    bad, good = text.replace("KIND", "Book"), text.replace("KIND", "Rolling")
    assert_one_arm_is_told(tmp_path, "HW720", bad, good, "# next", is_first=True)


@pytest.mark.parametrize(
    "refreshed",
    [FROM_IT, FILLED.replace("{}\n", "{}; kept.append(self.prices)\n"), "        self.prices = {}" + FILLED],
)  # fmt: skip
def test_one_that_is_needed_or_gone_is_not(refreshed: str, tmp_path: Path) -> None:
    text = "kept = []" + BOOK.replace("REFRESHED", refreshed)
    assert_is_not_told(tmp_path / "app", "HW720", text.replace("KIND", "Book"))


SCRIPT = """
import time
class Day:
    def __init__(self, n): self.rows = bytes(8_000_000 + n)
def load(n):
    day = Day(n)
    time.sleep(0.2)
    return day
def last(): return day.rows[-1]
total = 0
for n in range(5):
    day = load(n)  # next
    total += len(day.rows)
    LETS_GO
print(total)
"""


def test_loops_of_a_script_are_told(tmp_path: Path) -> None:
    text = SCRIPT.replace("def last(): return day.rows[-1]\n", "")
    bad, good = text.replace("LETS_GO", "pass"), text.replace("LETS_GO", "del day")
    assert_one_arm_is_told(tmp_path, "HW720", bad, good, "# next")


def test_what_a_function_reads_of_a_script_is_not(tmp_path: Path) -> None:
    assert_is_not_told(tmp_path / "app", "HW720", SCRIPT.replace("LETS_GO", "pass"))
