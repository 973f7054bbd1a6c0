"""Savings of objects are measured: alternatives are built anew and weighed, in the program's own interpreter."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import heapwise
from heapwise.findings import wasteful
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.snapshot import Snapshot
from heapwise.prove import weigh
from heapwise.prove.weigh import interpreter, weighed
from tests.heap.test_advise import advised
from tests.heap.waste_cases import CASES

MEASURED = ("HW301", "HW303", "HW304", "HW306", "HW307", "HW313", "HW316")
HELD: dict[str, list[Any]] = {}
META = {"python": sys.version.split()[0]}


def of(built: str, alternative: str, count: int, now_bytes: int, **facts: Any) -> Finding:
    recipe = Recipe(built, alternative, count, now_bytes, facts)
    return Finding("HW999", "weighed", saving_bytes=1, freed=Freed(), recipe=recipe)


def bytes_each(finding: Finding, name: str) -> int:
    """What the evidence tells of an alternative."""
    found = re.search(rf"(\d+) as {name}(,|$)", finding.evidence[-1])
    assert found, finding.evidence
    return int(found[1])


@pytest.mark.parametrize("code", MEASURED)
def test_a_rule_of_objects_says_on_how_many_it_was_measured(code: str, tmp_path: Path) -> None:
    found, _ = advised(tmp_path, CASES[code][0])
    [finding, *_] = [each for each in found["findings"] if each["code"] == code]
    assert re.fullmatch(r"measured on \d[\d\u202f ]* of your objects", finding["method"])
    assert any(told.startswith("built anew, bytes ") for told in finding["evidence"])


def test_what_is_built_weighs_what_such_objects_weigh(tmp_path: Path) -> None:
    names = [f"name_{i}" for i in range(35)]
    plain, many, records, numbers = weighed(
        [
            of("slots", "slots", 500, 10**6, names=names[:4], own_dicts=0.0),
            of("slots", "slots", 500, 10**6, names=names, own_dicts=0.0),
            of("records", "slots", 500, 10**6, names=names[:4], kinds=["int", "str", "float", "bool"]),
            of("array", "array", 5000, 10**6, kind="float", length=5000),
        ],
        META,
    )  # fmt: skip

    class Row:
        def __init__(self, names: list[str]) -> None:
            for name in names:
                setattr(self, name, None)

    class Slots:
        __slots__ = tuple(names)

        def __init__(self) -> None:
            for name in names:
                setattr(self, name, None)

    HELD.update(
        few=[Row(names[:4]) for _ in range(500)],
        slots=[Slots() for _ in range(500)],
    )
    path = tmp_path / "own.hw"
    heapwise.snapshot(path)
    snapshot = Snapshot.open(path)
    module = next(node for node, name in snapshot.namespaces.items() if name == __name__)
    holder = next(step.node for step in snapshot.steps_from(module) if step.name == "HELD")
    own = {}
    for step in snapshot.steps_from(holder):
        if step.kind == "key":
            retained = snapshot.nodes("retained_bytes")[step.node]
            own[step.name] = (retained - snapshot.nodes("size_bytes")[step.node]) / 500
    assert bytes_each(plain, "they are") == round(own["few"])
    assert bytes_each(many, "slots") == round(own["slots"])
    # From thirty attributes on keys are not shared.
    assert bytes_each(many, "they are") > 3 * bytes_each(many, "slots")
    assert bytes_each(records, "columns") in (25, 26)
    assert plain.saving_bytes == 10**6 - 500 * bytes_each(plain, "slots")
    assert numbers.saving_bytes == pytest.approx(10**6 - 5000 * 8, rel=0.001)
    HELD.clear()


def test_without_the_interpreter_it_stays_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = of("array", "array", 5000, 10**6, kind="int", length=5000)
    assert weighed([finding], {"python": "2.7.18"}) == [finding]
    assert weighed([finding], {}) == [finding]
    assert weighed([replace(finding, recipe=None)], META) == [replace(finding, recipe=None)]
    assert interpreter("/tmp/python") == interpreter("3") == ""
    monkeypatch.setattr(weigh, "interpreter", lambda _: "/bin/false")
    assert weighed([finding], META) == [finding]


def test_classes_that_are_weakly_referenced_keep_that(tmp_path: Path) -> None:
    found, _ = advised(
        tmp_path,
        """
        import weakref
        class Row:
            def __init__(self, i): self.a, self.b, self.c, self.d = i, None, None, None
        kept = [Row(i) for i in range(30_000)]
        known = weakref.ref(kept[5])
        """,
    )
    [finding] = [each for each in found["findings"] if each["code"] == "HW301"]
    assert "'__weakref__'" in finding["fix"]


def test_rules_may_be_asked_twice_in_one_process(tmp_path: Path) -> None:
    path = tmp_path / "own.hw"
    kept = [{"a": i, "b": None} for i in range(100_000)]
    heapwise.snapshot(path)
    first, second = (list(wasteful(Snapshot.open(path))) for _ in range(2))
    assert first == second != []
    assert kept
