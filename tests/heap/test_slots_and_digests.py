"""Slots that a base undoes, and digests in a row: found, with what they would save."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_advise import advised, assert_true_of

BOXES = """
class Shape:
    HERE
    def area(self): raise NotImplementedError
class Box(Shape):
    __slots__ = ("x", "y", "w", "h", "label")
    def __init__(self, x, y): self.x, self.y, self.w, self.h, self.label = x, y, x % 7, y % 7, None
kept = [Box(i % 250, i % 200) for i in range(50_000)]
"""
TOKENS = "import random, uuid\nr = random.Random(3)\nkept = [str(uuid.UUID(int=r.getrandbits(128), version=4)) for _ in range(50_000)]"
PAIRS = {
    "slots": ("HW301", (BOXES.replace("HERE", "pass"), BOXES.replace("HERE", "__slots__ = ()"))),
    "UUIDs in a list": (
        "HW372", (TOKENS, TOKENS.replace("[str(", "bytearray().join([").replace("4)) for", "4).bytes for") + ")"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_they_are_found_with_what_they_save(name: str, tmp_path: Path) -> None:
    assert_true_of(*PAIRS[name], tmp_path)


def test_the_base_that_undoes_slots_is_named(tmp_path: Path) -> None:
    found, _ = advised(tmp_path, BOXES.replace("HERE", "pass"))
    [told] = [each for each in found["findings"] if each["code"] == "HW301"]
    assert told["fix"].startswith("__slots__ = () in Shape,")


@pytest.mark.parametrize(
    "text",
    [
        BOXES.replace("HERE", "__slots__ = ('__dict__',)"),
        BOXES.replace("class Shape", "class Shape(list)").replace("HERE", "__slots__ = ()"),
        TOKENS.replace("str(uuid", "'x' + str(uuid"),
    ],
    ids=["a dict that is asked for", "a base of the language", "texts with something before them"],
)
def test_what_is_needed_is_not_told(text: str, tmp_path: Path) -> None:
    found, _ = advised(tmp_path, text)
    assert {each["code"] for each in found["findings"]}.isdisjoint({"HW301", "HW372"})
