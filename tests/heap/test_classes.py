"""Which classes a program is told to give slots."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.heap.test_whole_programs import advised, assert_one_arm_is_told

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


MODELS = """
import dataclasses
from pydantic import BaseModel, TypeAdapter
HERE
rows = TypeAdapter(Row)
kept = [rows.validate_python({"number": n, "price": n / 8, "name": None}) for n in range(8000)]
print(kept[7].number)
"""
FIELDS = "\n    number: int\n    price: float\n    name: str | None"


def test_models_of_pydantic_that_are_kept_as_rows(tmp_path: Path) -> None:
    pytest.importorskip("pydantic")
    assert_one_arm_is_told(
        tmp_path, "HW371", MODELS.replace("HERE", f"class Row(BaseModel):{FIELDS}"),
        MODELS.replace("HERE", f"@dataclasses.dataclass(slots=True)\nclass Row:{FIELDS}"), "validate_python",
    )  # fmt: skip
    found, _, _ = advised(
        tmp_path / "again",
        MODELS.replace("HERE", f"class Row(BaseModel):{FIELDS}"),
        "--snapshot",
        "end",
    )
    assert not {"HW318", "HW321"} & {each["code"] for each in found["findings"]}


STATES = """
class State:
    def __init__(self, number):
        self.parents, self.names, self.tags = {number: None}, {NAMES[number % 5], NAMES[number % 3]}, [NAMES[number % 5]]
        vars(self)
NAMES = ["read", "write", "list", "share", "admin"]
"""


@pytest.mark.parametrize("place", ["site-packages", "."])
def test_small_containers_of_a_library_are_its_own_affair(place: str, tmp_path: Path) -> None:
    folder = tmp_path / "run" / place
    folder.mkdir(parents=True)
    (folder / "library.py").write_text(STATES)
    text = f"import sys\nsys.path.insert(0, {place!r})\nimport library\n"
    found, _, said = advised(
        tmp_path / "run",
        f"{text}kept = [library.State(n + 1000) for n in range(40_000)]\nprint(len(kept))\n",
        "--snapshot", "peak",
    )  # fmt: skip
    assert said
    told = {each["code"] for each in found["findings"]} & {"HW318", "HW319", "HW320"}
    if place == "site-packages":
        assert not told
    else:  # where an object has its attributes itself, its dict is none of a dict's (HW320)
        assert told >= {"HW318", "HW319"}
