"""HW503: `atexit` keeps an object until the program ends.

A bound method, or a lambda over `self`, that is registered for the end of the program is never let go: each
instance stays with all it holds.

What to do: `weakref.finalize(self, function, what, it, needs)`, whose function does not know `self`; or unregister when
it is closed. Costs: nothing. Clean: classes that call `atexit.unregister`; plain functions.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, hit
from heapwise.lint.source import (
    Source,
    is_self_attribute,
    names_in,
    self_name,
    without_instance,
)

CODE = "HW503"
TITLE = "atexit keeps the object"
NEEDS = ("atexit",)


def look(source: Source) -> Iterator[Hit]:
    """`atexit.register` in a method, with anything of `self`."""
    for call in source.of(ast.Call):
        if source.dotted(call.func) != "atexit.register":
            continue
        function, owner = source.function(call), source.class_of(call)
        if function is None or owner is None or not self_name(function):
            continue
        if without_instance(owner, function.name):
            continue
        first = call.args[0] if call.args else None
        if isinstance(first, ast.Attribute) and without_instance(owner, first.attr):
            continue
        # What follows the function and is `self.x` is another object.
        rest = [*call.args[1:], *(each.value for each in call.keywords)]
        given = [*call.args[:1], *(each for each in rest if not isinstance(each, ast.Attribute))]
        if not any(_holds(each, self_name(function)) for each in given):
            continue
        if any(source.called(n) == "atexit.unregister" for n in ast.walk(owner)):
            continue
        yield hit(
            source, call, CODE, TITLE, f"every {owner.name} stays until the program ends",
            fix="weakref.finalize(self, function, ...), with a function that does not know self",
        )  # fmt: skip


def _holds(given: ast.expr, me: str) -> bool:
    """Whether it is the object itself, a method of it, or a lambda or partial that knows it."""
    if isinstance(given, (ast.Lambda, ast.Call)):
        return me in names_in(given)
    return is_self_attribute(given, me) or (isinstance(given, ast.Name) and given.id == me)
