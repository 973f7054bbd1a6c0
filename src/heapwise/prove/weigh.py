"""Weighs what a finding advises: builds the alternatives of the program's own objects in a process of their own.

Their shapes (names, kinds, numbers, lengths) are those that the snapshot tells; values are made up. What the objects
take is told by a snapshot of that process, as it is of the program.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from ast import literal_eval
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import heapwise
from heapwise import units
from heapwise.errors import HeapwiseError
from heapwise.model.finding import MOST_BUILT, MOST_ITEMS, Finding, Recipe
from heapwise.model.snapshot import Snapshot

_LONGEST_S = 10.0
_OWN_LISTS = {"slots", "records", "None", "UTF-8", "array", "bits", "rows", "nested", "numerals"}
"""Recipes whose alternatives are lists of objects: the list itself is there either way."""


def weighed(findings: Sequence[Finding], meta: Mapping[str, Any]) -> list[Finding]:
    """The findings, those with a recipe measured. meta: of the snapshot; where its interpreter is not to be had, or
    the measurement fails, they stay computed."""
    wanted = [each for each in findings if each.recipe is not None]
    recipes = [each.recipe for each in wanted if each.recipe is not None]
    python = interpreter(str(meta.get("python", "")))
    sizes = _sizes(python, recipes) if recipes and python else None
    if sizes is None:
        return list(findings)
    measured = {
        id(each): _measured(each, recipe, found)
        for each, recipe, found in zip(wanted, recipes, sizes, strict=True)
        if found
    }
    return [measured.get(id(each), each) for each in findings]


def interpreter(version: str) -> str:
    """An interpreter of a version (`3.12.1`: any 3.12); empty where there is none. Never a path from a file."""
    wanted = ".".join(version.split(".")[:2])
    if wanted == ".".join(platform.python_version_tuple()[:2]):
        return sys.executable
    return shutil.which(f"python{wanted}") or "" if wanted.count(".") == 1 else ""


def _built_count(recipe: Recipe) -> int:
    return min(
        recipe.count,
        MOST_BUILT if recipe.kind in _OWN_LISTS - {"array", "numerals"} else MOST_ITEMS,
    )


@dataclass(frozen=True, slots=True)
class _Weight:
    """Bytes an object: of memory, and as they were asked for, before the allocators rounded up."""

    of_memory: float
    asked: float


def _sizes(python: str, recipes: Sequence[Recipe]) -> list[dict[str, _Weight]] | None:
    """Of each recipe: alternative -> what it takes; None where it could not be measured."""
    given = repr([(each.kind, _built_count(each), dict(each.facts)) for each in recipes])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEAPWISE_")}
    package = Path(str(heapwise.__file__)).parent.parent
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weighed.hw"
        try:
            done = subprocess.run(
                [python, "-m", "heapwise.prove.scratch", str(path)], input=given, text=True, cwd=folder,
                env={**kept, "PYTHONPATH": str(package)}, capture_output=True, timeout=_LONGEST_S, check=False,
            )  # fmt: skip
            if done.returncode:
                return None
            return _retained(Snapshot.open(path), recipes, literal_eval(done.stdout))
        except (OSError, ValueError, SyntaxError, subprocess.TimeoutExpired, HeapwiseError):
            return None


def _retained(
    snapshot: Snapshot, recipes: Sequence[Recipe], asked: Mapping[str, int]
) -> list[dict[str, _Weight]]:
    retained, sizes = snapshot.nodes("retained_bytes"), snapshot.nodes("size_bytes")
    found: list[dict[str, _Weight]] = [{} for _ in recipes]
    module = next(node for node, name in snapshot.namespaces.items() if name == "__main__")
    holder = next(step.node for step in snapshot.steps_from(module) if step.name == "weighed")
    for step in snapshot.steps_from(holder):
        if step.kind != "key":
            continue
        number, _, name = str(step.name).partition(" ")
        recipe = recipes[int(number)]
        size = retained[step.node]
        if recipe.kind in _OWN_LISTS:
            size -= sizes[step.node]
        count = _built_count(recipe)
        found[int(number)][name] = _Weight(size / count, asked[str(step.name)] / count)
    return found


def _measured(finding: Finding, recipe: Recipe, sizes: Mapping[str, _Weight]) -> Finding:
    """The finding with the saving that its alternative showed."""
    then = sizes.get(recipe.alternative)
    if then is None:
        return finding
    saving = round(recipe.now_bytes - recipe.count * then.of_memory)
    now = sizes.get("now")
    asked = 0.0
    if now is not None and now.of_memory > 0:
        asked = recipe.now_bytes * now.asked / now.of_memory - recipe.count * then.asked
    told = ", ".join(
        f"{size.of_memory:.0f} as {name if name != 'now' else 'they are'}"
        for name, size in sizes.items()
    )
    count = units.count(_built_count(recipe))
    evidence = (*finding.evidence, f"built anew, bytes {recipe.unit}: {told}")
    return replace(
        finding, saving_bytes=saving, asked_bytes=max(0, round(asked)), evidence=evidence,
        method=f"measured on {count} of your objects",
    )  # fmt: skip
