"""HW603: `__init__` fills `self.__dict__`, and so gives each instance a dict of its own.

Writing through `__dict__` or `vars(self)` makes the dict that instances otherwise do without: 64 bytes and more for
each, for its life.

What to do: name the attributes, `self.a = a`; or use slots. Costs: a line for each attribute. Clean: classes of few
instances.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.bulk import made_in_bulk
from heapwise.lint.rule import Hit, hit
from heapwise.lint.source import Source

CODE = "HW603"
TITLE = "instances are given dicts"
NEEDS = ("__dict__", "vars(")


def look(source: Source) -> Iterator[Hit]:
    """`self.__dict__.update(...)`, `self.__dict__ = ...`, `vars(self).update(...)` in `__init__`."""
    for function in source.functions:
        owner = source.class_of(function)
        if function.name != "__init__" or owner is None:
            continue
        for node in ast.walk(function):
            if _writes(source, node):
                yield hit(
                    source, node, CODE, TITLE, f"each {owner.name} gets a dict of its own",
                    fix="self.name = value for each attribute, or slots",
                    sized=made_in_bulk(source, owner.name) is None,
                )  # fmt: skip


def _writes(source: Source, node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(t, ast.Attribute) and t.attr == "__dict__" for t in node.targets)
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "update"
    ):
        on = node.func.value
        return (isinstance(on, ast.Attribute) and on.attr == "__dict__") or source.called(
            on
        ) == "vars"
    return False
