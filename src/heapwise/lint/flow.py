"""Iterables: what is read once, what reads to the end, and what a name stands for."""

from __future__ import annotations

import ast
from typing import Any

from heapwise.lint.source import COMPREHENSIONS, Source

REDUCES = {
    "sum",
    "any",
    "all",
    "min",
    "max",
    "set",
    "frozenset",
    "dict",
    "collections.Counter",
    "math.fsum",
}
"""Calls that read an iterable once and keep no list of it."""


def reads_once(source: Source, node: ast.expr) -> bool:
    """Whether an expression stands where an iterable is read once, item by item."""
    above = source.parent(node)
    if isinstance(above, (ast.For, ast.AsyncFor)):
        return above.iter is node
    if isinstance(above, ast.comprehension):
        # An inner loop reads it once for each turn of the outer.
        outer = source.parent(above)
        return (
            above.iter is node
            and isinstance(outer, COMPREHENSIONS)
            and outer.generators[0] is above
        )
    return reduces(source, node)


def reduces(source: Source, node: ast.expr) -> bool:
    """Whether it is the first argument of a call that reads it once and keeps nothing of it."""
    above = source.parent(node)
    return (
        isinstance(above, ast.Call)
        and above.args[:1] == [node]
        and source.dotted(above.func) in REDUCES
    )


def makes_list(source: Source, value: ast.AST | None) -> bool:
    """Whether an expression builds a list item by item."""
    if isinstance(value, ast.ListComp):
        return not any(each.is_async for each in value.generators)
    return (
        isinstance(value, ast.Call)
        and source.dotted(value.func) == "list"
        and len(value.args) == 1
        and isinstance(value.args[0], ast.GeneratorExp)
    )


def as_generator(node: Any) -> Any:
    """`[f(x) for x in y]` or `list(...)` as a generator expression."""
    import libcst as cst

    if isinstance(node, cst.ListComp):
        opened = cst.LeftParen(whitespace_after=node.lbracket.whitespace_after)
        closed = cst.RightParen(whitespace_before=node.rbracket.whitespace_before)
        return cst.GeneratorExp(node.elt, node.for_in, lpar=[opened], rpar=[closed])
    inner = node.args[0].value
    return (
        inner if inner.lpar else inner.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    )


def files(source: Source) -> dict[tuple[ast.AST, str], bool]:
    """(function or module, name) -> whether it is binary: names that are bound to an open file."""
    found: dict[tuple[ast.AST, str], bool] = {}
    pairs: list[tuple[ast.AST, ast.expr | None, ast.expr]] = [
        *((item, item.optional_vars, item.context_expr) for item in source.of(ast.withitem)),
        *((node, targets[0], value) for node, targets, value in source.bindings),
    ]
    for node, target, value in pairs:
        if isinstance(target, ast.Name) and (mode := open_mode(source, value)) is not None:
            found[source.function(node) or source.tree, target.id] = "b" in mode
    return found


def open_mode(source: Source, value: ast.expr | None) -> str | None:
    """The mode of `open(...)` or `path.open(...)`; None when it is neither, or not plain to see."""
    if not isinstance(value, ast.Call):
        return None
    if source.dotted(value.func) in ("open", "io.open", "gzip.open", "bz2.open", "lzma.open"):
        at = 1
    elif isinstance(value.func, ast.Attribute) and value.func.attr == "open":
        at = 0
    else:
        return None
    given = next((k.value for k in value.keywords if k.arg == "mode"), None)
    given = given or (value.args[at] if len(value.args) > at else None)
    if given is None:
        return "rb" if source.dotted(value.func).startswith(("gzip", "bz2", "lzma")) else "r"
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None
