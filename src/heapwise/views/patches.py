"""Changes of a program's source, as unified diffs."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from heapwise import lint
from heapwise.analyze.line_costs import LineCosts
from heapwise.errors import CannotMendError, MissingExtraError
from heapwise.findings import (
    hw103_closure,
    hw115_defaultdict_reads,
    hw121_exceptions_keep_frames,
    hw303_boxed_numbers,
    hw305_views_pin_bases,
    hw307_equal_objects,
    hw379_smart_strings,
)
from heapwise.lint import at_line, hw601_slots, number_arrays
from heapwise.lint.bulk import record
from heapwise.lint.mending import difference, mended
from heapwise.lint.rule import Edit, Hit
from heapwise.lint.source import FUNCTIONS, Source
from heapwise.model.finding import Finding
from heapwise.views.buffers import read_source

_NEAR_LINES = 2
"""A decorator stands above its function."""


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
    """A finding of the heap, with the change of the source where that is plain."""
    if finding.patch:
        return finding
    patch = _of_class(finding, costs) if finding.code == "HW301" else _of_lines(finding, costs)
    return replace(finding, patch=patch, fixable=True) if patch else finding


def _of_class(finding: Finding, costs: LineCosts) -> str:
    """The change of the class that a finding is about."""
    for module, name in _splits(finding.subject):
        for path in costs.files():
            hit = _class(path, name) if is_of_module(path, module, costs.script) else None
            if hit is not None and (patch := patch_of(path, hit.edits)):
                return patch
    return ""


def _of_lines(finding: Finding, costs: LineCosts) -> str:
    """The change at the first of the lines that a finding is about at which there is one."""
    if finding.code not in (_AT_LINE.keys() | at_line.MENDED_BY_RULE.keys()):
        return ""
    paths = costs.files()
    places = [(finding.file, finding.line), *((each.file, each.line) for each in finding.related)]
    for path, line in ((Path(file), line) for file, line in places):
        source = read_source(path) if path in paths else None
        if source is not None and (patch := patch_of(path, _edits(source, finding, line))):
            return patch
    return ""


def _edits(source: Source, finding: Finding, line: int) -> Sequence[Edit]:
    """What a rule changes of the same fault, or else what the line of the finding can be."""
    if finding.fix == hw121_exceptions_keep_frames.FIX_OF_CAUSES:
        return ()  # the traceback that a change takes off is not the only one
    rule, changes = at_line.MENDED_BY_RULE.get(finding.code), _AT_LINE.get(finding.code)
    found = _by_rule(source, rule, line) if rule else ()
    if not found and changes is not None:
        found = changes(source, finding, line)
    return found if lint.can_import(source, found) else ()


def _of_default(source: Source, finding: Finding, line: int) -> Sequence[Edit]:
    is_default = finding.title == hw103_closure.TITLE_OF_DEFAULTS
    return at_line.own_defaults(source, finding.subject, line) if is_default else ()


def _of_errors(source: Source, finding: Finding, line: int) -> Sequence[Edit]:
    has_tracebacks = finding.fix == hw121_exceptions_keep_frames.FIX
    return at_line.without_tracebacks(source, line) if has_tracebacks else ()


def _of_numbers(source: Source, finding: Finding, line: int) -> Sequence[Edit]:
    """Where the list itself was made or filled, and not what it was put into."""
    is_own = line == finding.line
    return number_arrays.as_array(source, line, finding.subject) if is_own else ()


def _of_texts(source: Source, finding: Finding, line: int) -> Sequence[Edit]:
    return at_line.interned(source, line) if finding.subject == "str" else ()


_AT_LINE: Mapping[str, Callable[[Source, Finding, int], Sequence[Edit]]] = {
    hw103_closure.CODE: _of_default,
    hw115_defaultdict_reads.CODE: lambda source, _, line: at_line.looked_up(source, line),
    hw121_exceptions_keep_frames.CODE: _of_errors,
    hw303_boxed_numbers.CODE: _of_numbers,
    hw305_views_pin_bases.CODE: lambda source, finding, line: at_line.copied(source, line, finding.subject),
    hw307_equal_objects.CODE: _of_texts,
    hw379_smart_strings.CODE: lambda source, _, line: at_line.of_plain_strings(source, line),
}  # fmt: skip
"""Code -> the changes of a line that a finding is about."""


def _by_rule(source: Source, code: str, line: int) -> Sequence[Edit]:
    """The change of a rule at a line, or in the whole of the file where it has but one."""
    hits = [each for each in lint.check_source(source, {code}) if each.edits]
    near = [each for each in hits if each.line - _NEAR_LINES <= line <= each.end_line + _NEAR_LINES]
    found = near if len(near) == 1 else hits
    return found[0].edits if len(found) == 1 else ()


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
