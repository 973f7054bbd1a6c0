"""How many rings wait for the collector: what is worked out is what the interpreter does."""

from __future__ import annotations

import sys

import pytest

from heapwise.analyze.waiting import most_waiting
from tests.conftest import python

MADE = """
import gc, sys
class Part:
    __slots__ = ("next",)
class First(Part):
    __slots__ = ()
    def __init__(self):
        global alive
        alive += 1
    def __del__(self):
        global alive
        alive -= 1
def ring(size):
    first = at = First()
    for _ in range(size - 1):
        at.next = Part()
        at = at.next
    at.next = first
    return first
def ring_of_lists(size):
    first = First()
    at = first.next = []
    for _ in range(size - 2):
        at.append([])
        at = at[0]
    at.append(first)
    return first
old = [[] for _ in range({old_count})]
gc.set_threshold(*{thresholds})
gc.collect()
alive = most = 0
told = len(gc.get_objects())
for _ in range({count}):
    {kept}{ring}({objects_each})
    most = max(most, alive)
print(told, most - 1)
"""


@pytest.mark.parametrize("thresholds", [(700, 10, 10), (2000, 10, 0), (100, 3, 2)])
@pytest.mark.parametrize(
    ("count", "objects_each", "old_count"),
    [(500, 7, 0), (400, 263, 30_000), (60, 3000, 100_000), (60, 9000, 20_000), (25, 40_000, 100_000), (3, 50, 0)],
)  # fmt: skip
@pytest.mark.parametrize("in_use", [1, 2])
@pytest.mark.parametrize("ring", ["ring", "ring_of_lists"])
@pytest.mark.skipif(sys.version_info >= (3, 14), reason="the collector goes in steps")
def test_as_many_wait_as_the_interpreter_lets(
    count: int,
    objects_each: int,
    old_count: int,
    thresholds: tuple[int, int, int],
    in_use: int,
    ring: str,
) -> None:
    kept = "last = " if in_use == 2 else ""
    made = MADE.format(
        count=count,
        objects_each=objects_each,
        old_count=old_count,
        thresholds=thresholds,
        kept=kept,
        ring=ring,
    )
    told, most = map(int, python(made).split())
    beside_last = objects_each if in_use == 2 else 0
    again = [(objects_each - 1, 80)] if ring == "ring_of_lists" else []
    found = most_waiting(count, objects_each, thresholds, told, beside_last, again)
    assert abs(found - most) <= max(2, 0.15 * most)
