"""HW409: identifiers that are remembered for ever are found; sets that are done with, or emptied, are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import assert_is_not_told, assert_one_arm_is_told

CONSUMER = """
import collections
class Consumer:
    def __init__(self): self.seen, self.handled = set(), 0
    def take(self, message):
        if message in self.seen: return
        self.seen.add(message)  # seen
        self.handled += 1
class Window(BASE):
    def __init__(self): self.seen, self.handled = collections.OrderedDict(), 0
    def take(self, message):
        if message in self.seen: return
        self.seen[message] = None
        if len(self.seen) > 5000: self.seen.popitem(last=False)
        self.handled += 1
consumer = CLASS()
for n in range(220_000):
    consumer.take(f"order {n // 2:09d} of the customer")
    consumer.take(f"order {n // 2:09d} of the customer")
print(consumer.handled)
"""
ALONE = CONSUMER.replace("(BASE)", "").replace("CLASS", "Consumer")


def test_what_is_remembered_for_ever(tmp_path: Path) -> None:
    """A class that has nothing to do with it may take out of what has the same name there."""
    good = CONSUMER.replace("(BASE)", "").replace("CLASS", "Window")
    assert_one_arm_is_told(tmp_path, "HW409", ALONE, good, "# seen", within=0.15)


def test_what_a_class_that_derives_from_it_takes_out_is_its_own(tmp_path: Path) -> None:
    """An instance of the class itself has nothing of that."""
    derived = CONSUMER.replace("BASE", "Consumer")
    bad, good = (derived.replace("CLASS", name) for name in ("Consumer", "Window"))
    assert_one_arm_is_told(tmp_path, "HW409", bad, good, "# seen", within=0.15)


CLEAN = {
    "what is taken out": ALONE.replace("  # seen", "\n        if len(self.seen) > 200_000: self.seen.pop()"),
    "a walk": ALONE.replace("    def take(self, message):\n        if message in self.seen: return\n", """
    def take(self, message): pass
    def walk(self, messages):
      for message in messages:
        if message in self.seen: continue
""", 1).replace("consumer.take(", "print(end=").replace(
        "print(consumer", 'consumer.walk(f"order {n:09d} of the customer" for n in range(110_000))\nprint(consumer'
    ),
    "what is read": ALONE + "print(sorted(consumer.seen)[0])",
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_needed(name: str, tmp_path: Path) -> None:
    assert_is_not_told(tmp_path, "HW409", CLEAN[name])
