"""HW512: the value under a weak key holds the key.

`WeakKeyDictionary` lets an entry go when nothing else holds its key; a value that holds it keeps it for ever.

What to do: store the value on the object itself, or have it hold a `weakref.ref`. Costs: the value asks whether its key
is still there. Clean: values that do not know the key.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from heapwise.lint.rule import Hit, hit, shown
from heapwise.lint.source import Source

CODE = "HW512"
TITLE = "a weak key is held by its value"
NEEDS = ("WeakKeyDictionary",)


def look(source: Source) -> Iterator[Hit]:
    """`WEAK[key] = value` with the key in the value."""
    known = set()
    for _, targets, value in source.bindings:
        if source.called(value) == "weakref.WeakKeyDictionary":
            known |= {ast.unparse(target) for target in targets}
    for node in source.of(ast.Assign):
        for target in node.targets:
            if (
                isinstance(target, ast.Subscript)
                and ast.unparse(target.value) in known
                and isinstance(target.slice, ast.Name)
                and _holds(source, node.value, target.slice.id)
            ):
                yield hit(
                    source, node, CODE, TITLE,
                    f"{shown(node.value)} holds {target.slice.id}: the entry never goes",
                    fix="keep it on the object itself, or hold a weakref.ref",
                )  # fmt: skip


def _holds(source: Source, value: ast.expr, key: str) -> bool:
    if isinstance(value, ast.Name):
        return value.id == key
    if isinstance(value, ast.Lambda):
        return any(isinstance(n, ast.Name) and n.id == key for n in ast.walk(value.body))
    if isinstance(value, (ast.Tuple, ast.List, ast.Set)):
        return any(_holds(source, each, key) for each in value.elts)
    if isinstance(value, ast.Dict):
        return any(_holds(source, each, key) for each in value.values)
    if isinstance(value, ast.Call):
        name = source.dotted(value.func)
        if (
            name.startswith("weakref.")
            or hasattr(builtins, name)
            or not name.split(".")[-1][:1].isupper()
        ):
            return False
        return any(_holds(source, each, key) for each in value.args)
    return False
