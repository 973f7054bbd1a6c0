"""Which classes a program is told to give slots."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised

CLASSES = {
    "its own": ("class Row:\n    def __init__(self, n): self.n, self.m = n, None", True),
    "made by exec": ("here = {}\nexec('class Row:\\n def __init__(s, n): s.n, s.m = n, None', here)\nRow = here['Row']", True),
    "derived from its own": (
        "class Base:\n    pass\nclass Row(Base):\n    def __init__(self, n): self.n, self.m = n, None", True
    ),
    "derived from a library's": (
        "from types import SimpleNamespace\nclass Row(SimpleNamespace):\n    def __init__(self, n): self.n, self.m = n, None",
        False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CLASSES)
def test_classes_whose_instances_can_do_without_a_dict(kind: str, tmp_path: Path) -> None:
    made, can_have_slots = CLASSES[kind]
    text = f"{made}\nkept = [Row(n) for n in range(60_000)]\nprint(len(kept))\n"
    found, _, _ = advised(tmp_path / "app", text, "--snapshot", "end")
    assert ("HW301" in {each["code"] for each in found["findings"]}) is can_have_slots
