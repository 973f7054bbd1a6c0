"""HW701: a list is built, read once, and thrown away.

All its items are in memory at once, though each is wanted alone.

What to do: a generator expression: `(f(x) for x in rows)` (done by `--fix --unsafe`). Clean: lists that are read
twice, measured, indexed, handed on; short ones. Ruff's C419 finds those that stand within the call itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.flow import as_generator, changes_meanwhile, keeps_items, makes_list, reads_once
from heapwise.lint.rule import Hit, Saves, edit, hit
from heapwise.lint.source import Source, is_self_attribute, names_in

CODE = "HW701"
TITLE = "a list that is read once"
SIZED = True


def look(source: Source) -> Iterator[Hit]:
    """`rows = [...]` with one use, in a later statement of the same block, that reads it item by item."""
    for node in source.of(ast.Assign):
        target = node.targets[0]
        if (
            len(node.targets) != 1
            or not isinstance(target, ast.Name)
            or not makes_list(source, node.value)
        ):
            continue
        if is_self_attribute(node.value):
            continue
        use = _only_use(source, node, target.id)
        if use is None:
            continue
        statement = source.statement(use)
        block = _block(source, node)
        if (
            statement not in block
            or not reads_once(source, use)
            or _stops_early(source, use, node.value)
            or keeps_items(source, use)
            or changes_meanwhile(source, use, names_in(node.value))
            or source.loop(use) is not source.loop(node)  # read at each turn of another loop
        ):
            continue
        next_one = block.index(statement) == block.index(node) + 1
        kind = type(node.value).__name__
        yield hit(
            source, node, CODE, TITLE, f"{target.id} is built whole, and read once in line {use.lineno}",
            saves=Saves.ALL_BUT_ONE, fix=f"{target.id} = (... for ...): a generator expression",
            edits=(edit(source, node.value, as_generator, kind=kind),) if next_one else (),
        )  # fmt: skip


def _stops_early(source: Source, use: ast.Name, value: ast.expr) -> bool:
    """Whether what reads it may stop, so that calls that are made for every item would not be."""
    stops = source.called(source.parent(use)) in ("any", "all")
    return stops and any(isinstance(n, ast.Call) for n in ast.walk(value))


def _only_use(source: Source, node: ast.Assign, name: str) -> ast.Name | None:
    """The one place where the function reads a name that it binds once; None where there are more."""
    scope = source.function(node)
    if scope is None:
        return None
    named = [n for n in ast.walk(scope) if isinstance(n, ast.Name) and n.id == name]
    reads = [n for n in named if isinstance(n.ctx, ast.Load)]
    if len(reads) != 1 or len(named) != 2 or source.scope(reads[0]) is not scope:
        return None
    declared = any(
        isinstance(n, (ast.Global, ast.Nonlocal)) and name in n.names for n in ast.walk(scope)
    )
    return reads[0] if reads[0].lineno > node.lineno and not declared else None


def _block(source: Source, node: ast.stmt) -> list[ast.stmt]:
    """The statements beside a statement."""
    above = source.parent(node)
    for name in ("body", "orelse", "finalbody"):
        block = getattr(above, name, None)
        if isinstance(block, list) and node in block:
            return block
    return []
