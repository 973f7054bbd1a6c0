"""Changes of a program's source, as unified diffs."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from heapwise import lint
from heapwise.analyze.line_costs import LineCosts
from heapwise.errors import CannotMendError, MissingExtraError
from heapwise.lint import hw601_slots
from heapwise.lint.bulk import record
from heapwise.lint.mending import difference, mended
from heapwise.lint.rule import Edit, Hit
from heapwise.lint.source import FUNCTIONS, Source
from heapwise.model.finding import Finding
from heapwise.views.buffers import read_source


def patch_of(path: Path, edits: Sequence[Edit]) -> str:
    """The change of a file as a unified diff; empty where it cannot be made."""
    if not edits:
        return ""
    try:
        text = lint.read(path)
        changed, count = mended(text, edits)
    except (MissingExtraError, CannotMendError, OSError, SyntaxError, UnicodeDecodeError):
        return ""
    if not count or changed == text:
        return ""
    return difference(text, changed, str(path))


def with_patch(finding: Finding, costs: LineCosts) -> Finding:
    """A finding on a class, with the change of its source where that is plain."""
    if finding.code != "HW301" or not finding.subject:
        return finding
    for module, name in _splits(finding.subject):
        for path in costs.files():
            hit = _class(path, name) if is_of_module(path, module, costs.script) else None
            if hit is not None and (patch := patch_of(path, hit.edits)):
                return replace(finding, patch=patch, fixable=True)
    return finding


def is_of_module(path: Path, module: str, script: Path) -> bool:
    """Whether a file is that of a module; `__main__` is the script that was run."""
    if module == "__main__":
        return path == script
    parts = module.split(".")
    names = path.with_suffix("").parts
    return bool(module) and (
        names[-len(parts) :] == tuple(parts) or names[-len(parts) - 1 :] == (*parts, "__init__")
    )


def _splits(subject: str) -> Iterator[tuple[str, str]]:
    """(module, qualified name) as a type may be read: `app.models`, `Row`; `app`, `models.Row`."""
    parts = subject.split(".")
    for count in range(len(parts) - 1, 0, -1):
        yield ".".join(parts[:count]), ".".join(parts[count:])


def _class(path: Path, name: str) -> Hit | None:
    """The class of that qualified name in a file, and how it would get slots."""
    source = read_source(path)
    if source is None:
        return None
    for owner in source.of(ast.ClassDef):
        if owner.name == name.rpartition(".")[2] and _qualified_name(source, owner) == name:
            found = record(source, owner)
            if hw601_slots.can_have_slots(source, found):
                return hw601_slots.of_class(source, found)
    return None


def _qualified_name(source: Source, owner: ast.ClassDef) -> str:
    """`Reader.rows.<locals>.Row` of a class that a method makes."""
    name, above = owner.name, source.parent(owner)
    while above is not None:
        if isinstance(above, FUNCTIONS):
            name = f"{above.name}.<locals>.{name}"
        elif isinstance(above, ast.ClassDef):
            name = f"{above.name}.{name}"
        above = source.parent(above)
    return name
