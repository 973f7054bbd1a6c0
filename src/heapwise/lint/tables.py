"""Tables that a function makes: lists of lists, and arrays of two dimensions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from heapwise.lint.source import FUNCTIONS, Source

_ARRAYS = {f"numpy.{name}" for name in ("zeros", "empty", "ones", "full")}


class Table(NamedTuple):
    """name: of the local that is bound to it, once, at target. value: what makes it. rows: how many, where that is
    said. is_array: whether it is one block."""

    name: str
    target: ast.Name
    value: ast.expr
    rows: ast.expr | None
    is_array: bool


def tables(source: Source) -> Iterator[Table]:
    """Those of functions, bound to a local that is bound to nothing else."""
    for _, targets, value in source.bindings:
        target = targets[0]
        if len(targets) != 1 or not isinstance(target, ast.Name):
            continue
        scope = source.scope(target)
        if not isinstance(scope, FUNCTIONS):
            continue
        bound = [each for where, each in source.binders.get(target.id, ()) if where is scope]
        if len(bound) != 1:
            continue
        rows, is_array = _rows(source, value)
        if rows is not None:
            yield Table(target.id, target, value, rows, is_array)


def _rows(source: Source, value: ast.expr) -> tuple[ast.expr | None, bool]:
    """(how many rows it makes, whether it is an array); None for what is no table."""
    if isinstance(value, ast.Call) and source.dotted(value.func) in _ARRAYS and value.args:
        shape = value.args[0]
        two = isinstance(shape, (ast.Tuple, ast.List)) and len(shape.elts) == 2
        return (shape.elts[0], True) if two else (None, True)  # type: ignore[attr-defined]
    if not isinstance(value, ast.ListComp) or len(value.generators) != 1:
        return None, False
    [each] = value.generators
    counted = each.iter
    if each.ifs or not _is_row(source, value.elt) or not isinstance(counted, ast.Call):
        return None, False
    plain = source.dotted(counted.func) == "range" and len(counted.args) == 1
    return (counted.args[0], False) if plain else (None, False)


def _is_row(source: Source, item: ast.expr) -> bool:
    """`[0] * n`, `[0 for _ in range(n)]`, `array("i", [0]) * n`, `bytearray(n)`, `list(range(n))`."""
    if isinstance(item, ast.BinOp) and isinstance(item.op, (ast.Mult, ast.Add)):
        return any(
            isinstance(side, ast.List) or _is_row(source, side) for side in (item.left, item.right)
        )
    if isinstance(item, ast.ListComp):
        return not isinstance(item.elt, (ast.List, ast.ListComp))
    return source.called(item) in ("bytearray", "array.array", "list")
