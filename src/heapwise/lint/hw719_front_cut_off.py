"""HW719: what is left is copied at each turn of a loop.

`data = data[n:]` copies all that is left, each time: a buffer of 10 MB that is read in records of 5 kB moves 10 GB,
and twice its size is in memory at once.

What to do: keep an offset (`at += n`), or a `memoryview`, whose slices copy nothing; for a list a `deque`, or an
iterator. Costs: an offset to carry along. Said only where a recording tells how much it is. Clean: short texts and
lists.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.appended import pairs
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source

CODE = "HW719"
TITLE = "what is left is copied at each turn"
SIZED = True
TIMED = True


def look(source: Source) -> Iterator[Hit]:
    """`x = x[n:]` in a loop, also beside others (`head, x = x[:n], x[n:]`)."""
    for node, target, value in _bound(source):
        if not isinstance(value, ast.Subscript) or not isinstance(value.slice, ast.Slice):
            continue
        part = value.slice
        if part.lower is None or part.upper is not None or part.step is not None:
            continue
        if ast.unparse(value.value) != ast.unparse(target) or source.loop(node) is None:
            continue
        if _is_view(source, target):
            continue
        yield hit(
            source, node, CODE, TITLE, f"{shown(value)} copies all of it but the front", saves=Saves.WHOLE,
            fix="keep an offset, or slices of memoryview(...)",
        )  # fmt: skip


def _bound(source: Source) -> Iterator[tuple[ast.Assign, ast.Name | ast.Attribute, ast.expr]]:
    """(statement, name or attribute, what it is bound to) of those with one target, or one tuple of them."""
    for node in source.of(ast.Assign):
        for target, value in pairs(node.targets[0], node.value) if len(node.targets) == 1 else ():
            if isinstance(target, (ast.Name, ast.Attribute)):
                yield node, target, value


def _is_view(source: Source, target: ast.expr) -> bool:
    """Whether the name is bound to a memoryview or an array: their slices copy nothing. Names of a function are its
    own, unless it says otherwise; attributes are bound in any."""
    name, scope = ast.unparse(target), source.scope(target)
    is_own = isinstance(target, ast.Name) and not any(
        isinstance(each, (ast.Global, ast.Nonlocal)) and name in each.names
        for each in ast.walk(scope)
    )
    return any(
        isinstance(value, ast.Call)
        and (
            source.called(value) == "memoryview"
            or source.called(value).startswith(("numpy.", "torch."))
        )
        and any(ast.unparse(each) == name for each in targets)
        and (not is_own or source.scope(statement) is scope)
        for statement, targets, value in source.bindings
    )
