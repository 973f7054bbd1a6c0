"""HW504: a finalizer that keeps its own object alive, and so is never called.

`weakref.finalize(self, self.close)` holds the bound method, which holds `self`: the object stays until the program
ends.

What to do: give it a static method, and what that needs as arguments. Costs: the finalizer cannot use the object.
Clean: functions that do not know the object.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, hit, shown
from heapwise.lint.source import Source, is_self_attribute, names_in, without_instance

CODE = "HW504"
TITLE = "a finalizer keeps its object"
NEEDS = ("finalize",)


def look(source: Source) -> Iterator[Hit]:
    """`weakref.finalize(x, ...)` whose function or arguments hold x itself."""
    for call in source.of(ast.Call):
        if source.dotted(call.func) != "weakref.finalize" or len(call.args) < 2:
            continue
        watched, function, *rest = call.args
        if not isinstance(watched, ast.Name):
            continue
        owner = source.class_of(call)
        bound = is_self_attribute(function, watched.id) and not (
            owner is not None and without_instance(owner, function.attr)  # type: ignore[attr-defined]
        )
        captured = isinstance(function, (ast.Lambda, ast.Call)) and watched.id in names_in(function)
        given = [*rest, *(each.value for each in call.keywords)]
        itself = any(isinstance(each, ast.Name) and each.id == watched.id for each in given)
        if bound or captured or itself:
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} holds {watched.id}: it never fires",
                fix="a static function, given only what it needs",
            )  # fmt: skip
