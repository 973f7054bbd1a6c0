"""HW509: a class is made anew at each call.

A class takes 1 KiB and more (models of pydantic 50 KiB and more), is a cycle that only the collector frees, and every
cache of types keeps it.

What to do: make it once, at the top of the module. Costs: nothing. Clean: factories, whose classes differ by their
arguments.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.bulk import is_few
from heapwise.lint.rule import Hit, hit
from heapwise.lint.source import Source

CODE = "HW509"
TITLE = "a class made at each call"
_MAKERS = {
    "collections.namedtuple", "typing.NamedTuple", "dataclasses.make_dataclass", "pydantic.create_model",
}  # fmt: skip


def look(source: Source) -> Iterator[Hit]:
    """Factories called in a function with nothing but constants; classes in loops."""
    for call in source.of(ast.Call):
        name = source.dotted(call.func)
        if name not in _MAKERS or source.function(call) is None:
            continue
        given = [*call.args, *(each.value for each in call.keywords)]
        if given and all(_is_constant(each) for each in given):
            yield hit(
                source, call, CODE, TITLE, f"{name.split('.')[-1]} makes the same class at each call",
                fix="make it once, at the top of the module",
            )  # fmt: skip
    for owner in source.of(ast.ClassDef):
        loop = source.loop(owner) if source.function(owner) is not None else None
        if loop is not None and not is_few(source, getattr(loop, "iter", None)):
            yield hit(
                source, owner, CODE, TITLE, f"class {owner.name} is made at each turn of the loop",
                fix="make it before the loop, or at the top of the module",
            )  # fmt: skip


def _is_constant(node: ast.expr) -> bool:
    if isinstance(node, (ast.List, ast.Tuple)):
        return all(_is_constant(each) for each in node.elts)
    if isinstance(node, ast.Name):
        return node.id in ("int", "str", "float", "bytes", "bool", "list", "dict", "object")
    return isinstance(node, ast.Constant)
