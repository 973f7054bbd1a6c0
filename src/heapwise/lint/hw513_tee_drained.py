"""HW513: the branches of a tee are drained one after the other.

`itertools.tee` keeps every item that one branch has seen and another has not: drained one by one, that is all of
them, and dearer than a list.

What to do: `list(...)` once, or walk the branches side by side. Costs: the items are in memory once, or both passes are
one loop. Clean: branches that are read in step.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, hit
from heapwise.lint.source import Source

CODE = "HW513"
TITLE = "tee keeps what one branch has not seen"
NEEDS = ("tee",)
_DRAINS = {
    "list",
    "tuple",
    "set",
    "sum",
    "max",
    "min",
    "sorted",
    "dict",
    "any",
    "all",
    "len",
    "frozenset",
}


def look(source: Source) -> Iterator[Hit]:
    """`a, b = tee(x)`, of which one is drained before the other is touched."""
    for node in source.of(ast.Assign):
        if source.called(node.value) != "itertools.tee" or not isinstance(
            node.targets[0], ast.Tuple
        ):
            continue
        branches = [each.id for each in node.targets[0].elts if isinstance(each, ast.Name)]
        scope = source.function(node) or source.tree
        first_use = {}
        drained = {}
        for name in branches:
            uses = [
                u
                for u in source.loads.get(name, ())
                if (source.function(u) or source.tree) is scope
            ]
            if not uses:
                continue
            uses.sort(key=lambda each: (each.lineno, each.col_offset))
            first_use[name] = uses[0].lineno
            drained[name] = _drained_at(source, uses[0])
        for name, end in drained.items():
            later = [line for other, line in first_use.items() if other != name]
            if end and later and min(later) > end:
                yield hit(
                    source, node, CODE, TITLE, f"{name} is drained before the other is read",
                    fix="list(...) once, or walk them side by side",
                )  # fmt: skip
                break


def _drained_at(source: Source, use: ast.Name) -> int:
    """The line by which a branch is read to its end; 0 when that is not plain."""
    above = source.parent(use)
    if isinstance(above, ast.Call) and source.dotted(above.func) in _DRAINS:
        statement = source.statement(use)
        return (statement.end_lineno or 0) if statement is not None else 0
    if isinstance(above, ast.For) and above.iter is use:
        leaves = any(isinstance(n, (ast.Break, ast.Return)) for n in ast.walk(above))
        return 0 if leaves else above.end_lineno or 0
    if isinstance(above, ast.comprehension) and isinstance(
        source.parent(above), (ast.ListComp, ast.SetComp, ast.DictComp)
    ):
        statement = source.statement(use)
        return (statement.end_lineno or 0) if statement is not None else 0
    return 0
