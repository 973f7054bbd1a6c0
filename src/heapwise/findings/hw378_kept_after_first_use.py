"""HW378: what is made when it is first asked for stays, and is asked for once.

`functools.cached_property`, or a property that fills `self._pixels` when it is None, keeps its value for as long as the
object lives. Where the objects are many, each is looked at in the turn of the loop that makes it, and nothing else asks
for the value, the cache never hits, and keeps all values. So it is where only other cached properties ask for it: once
these have been worked out, nobody asks again.

What to do: a plain property or method, or `del photo.pixels` (which drops a cached property's value) when the object
has been looked at. Costs: a second asking makes the value again. Clean: values that several functions ask for, or one
that looks at objects which others have made; programs that read attributes by names that the source does not tell.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from heapwise.analyze.paths import attribute
from heapwise.analyze.program_source import FUNCTIONS, Function, ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_classes import class_names, is_own
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame

CODE = "HW378"
TITLE = "made when first asked for, and kept after its use"
_ONCE = "in one place, in the turn of the loop that makes the object"
_BY_CACHED = "by other cached properties alone, which keep what they came to"
_LEAST_OBJECTS, _LEAST_SHARE, _SAMPLE, _MOSTLY = 16, 0.1, 20, 0.8


class _Memo(NamedTuple):
    """function: that fills it. stored: the attribute that keeps the value. made: how it is known."""

    function: Function
    stored: str
    made: str


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Attributes of many instances that are filled when first asked for, in the turn that makes the instance."""
    source = program_source(snapshot)
    if not source.is_known or source.reads_any_name:
        return
    memos = _memos(source)
    if not memos:
        return
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for row in snapshot.types:
        if row.objects_count < _LEAST_OBJECTS or row.retained_bytes < least:
            continue
        number = snapshot.type_names.index(row.type)
        if not is_own(snapshot, source, number):
            continue
        for name in dict.fromkeys(
            each.rpartition(".")[2] for each in class_names(snapshot, number)
        ):
            for memo in memos.get(name, ()):
                if (told := _asked(source, memo)) is not None:
                    yield from _of_class(snapshot, source, row.type, memo, told, least)


def _of_class(
    snapshot: Snapshot, source: ProgramSource, kind: str, memo: _Memo, told: str, least: float
) -> Iterator[Finding]:
    pairs = []
    for node in snapshot.of_type_exactly(kind):
        value = attribute(snapshot, node, memo.stored)
        if value is not None and snapshot.type_of(value) != "NoneType":
            pairs.append((node, value))
    if len(pairs) < _LEAST_OBJECTS:
        return
    values = [value for _, value in pairs]
    saving = snapshot.retained_of(values)
    if saving < least or (told == _ONCE and not _in_one_turn(snapshot, source, pairs)):
        return
    yield structural(
        snapshot, values[len(values) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.6, subject=kind,
        evidence=[
            f"{len(values)} {kind} keep .{memo.stored}, which {memo.made} {memo.function.name} fills; it is asked for "
            f"{told}",
        ],
        fix=f"a plain property or method in the place of {memo.function.name}, or drop the value in that turn",
        freed=Freed(roots=values, entirely=True),
    )  # fmt: skip


def _memos(source: ProgramSource) -> Mapping[str, Sequence[_Memo]]:
    """Class -> what its instances fill when it is first asked for."""
    found: dict[str, list[_Memo]] = {}
    for name, classes in source.classes.items():
        for each in (node for one in classes for node in one.body if isinstance(node, FUNCTIONS)):
            if _is_cached(each):
                memo = _Memo(each, each.name, "the cached_property")
                found.setdefault(name, []).append(memo)
            elif (stored := _filled_when_missing(each)) is not None:
                found.setdefault(name, []).append(_Memo(each, stored, each.name + "() or property"))
    return found


def _filled_when_missing(function: Function) -> str | None:
    """`x` of a function with `if self.x is None: self.x = ...` that gives `self.x`."""
    given = {
        _own_attribute(each.value) for each in ast.walk(function) if isinstance(each, ast.Return)
    }
    for each in function.body:
        if isinstance(each, ast.If) and isinstance(each.test, ast.Compare):
            tested = _own_attribute(each.test.left)
            if tested is not None and tested in given and isinstance(each.test.ops[0], ast.Is):
                return tested
    return None


def _own_attribute(node: ast.expr | None) -> str | None:
    """`x` of `self.x`."""
    is_own = isinstance(node, ast.Attribute) and last_name(node.value) == "self"
    return node.attr if is_own and isinstance(node, ast.Attribute) else None


def _asked(source: ProgramSource, memo: _Memo) -> str | None:
    """Where the value is asked for: in one place of the program, or by what is kept itself; None where it is elsewhere,
    or something asks for what keeps it."""
    if memo.function.name in source.named or memo.stored in source.named:
        return None
    asked = [
        each for each in source.of(ast.Attribute)
        if each.attr in (memo.function.name, memo.stored) and isinstance(each.ctx, ast.Load)
        and source.scope_of(each) is not memo.function
    ]  # fmt: skip
    if asked and all(map(_is_cached, (source.scope_of(each) for each in asked))):
        return _BY_CACHED
    return _ONCE if len(asked) == 1 else None


def _is_cached(function: ast.AST) -> bool:
    return isinstance(function, FUNCTIONS) and any(
        last_name(mark) == "cached_property" for mark in function.decorator_list
    )


def _in_one_turn(
    snapshot: Snapshot, source: ProgramSource, pairs: Sequence[tuple[int, int]]
) -> bool:
    """Whether objects and their values are made in the same turn of a loop, mostly."""
    sample = pairs[:: max(1, len(pairs) // _SAMPLE)]
    alike = sum(_is_one_turn(snapshot, source, *pair) for pair in sample)
    return alike >= _MOSTLY * len(sample)


def _is_one_turn(snapshot: Snapshot, source: ProgramSource, node: int, value: int) -> bool:
    made, filled = snapshot.stack_of(node), snapshot.stack_of(value)
    for one, other in zip(made, filled, strict=False):
        if one != other:
            if (one.file, one.function) != (other.file, other.function):
                return False
            loop = _loop_at(source, one)
            return loop is not None and loop is _loop_at(source, other)
    return False


def _loop_at(source: ProgramSource, at: Frame) -> ast.AST | None:
    """The innermost loop whose body a line stands in."""
    loops: list[ast.For | ast.AsyncFor | ast.While] = [
        *source.of(ast.For), *source.of(ast.AsyncFor), *source.of(ast.While),
    ]  # fmt: skip
    inside = [
        each for each in loops
        if source.file_of(each) == at.file and each.body[0].lineno <= at.line <= (each.end_lineno or 0)
    ]  # fmt: skip
    return max(inside, key=lambda each: each.lineno, default=None)
