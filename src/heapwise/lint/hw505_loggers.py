"""HW505: a logger for each of something that comes and goes.

`logging.getLogger(name)` keeps a logger for every name until the program ends: about 0.7 KiB for each connection,
user or task that is part of a name.

What to do: one logger with a `LoggerAdapter`, or a filter that adds the name. Costs: the name of a logger tells the
module, and no longer the thing. Clean: names made of constants, `__name__` and the names of classes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, hit, shown
from heapwise.lint.source import Source

CODE = "HW505"
TITLE = "loggers for what comes and goes"
NEEDS = ("getLogger", "getChild")
_NAMES_OF_CLASSES = {"__name__", "__qualname__", "__module__", "__class__"}


def look(source: Source) -> Iterator[Hit]:
    """`getLogger` and `getChild` within a function, with a name that is put together."""
    for call in source.of(ast.Call):
        child = isinstance(call.func, ast.Attribute) and call.func.attr == "getChild"
        if not child and source.dotted(call.func) != "logging.getLogger":
            continue
        if len(call.args) != 1 or source.function(call) is None:
            continue
        parts = list(_parts(call.args[0]))
        if parts and not all(_is_fixed(each) for each in parts):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} keeps a logger for every name, for ever",
                fix="one logger, and logging.LoggerAdapter(logger, {...})",
            )  # fmt: skip


def _parts(name: ast.expr) -> Iterator[ast.expr]:
    """What a name is put together from; nothing when it is one expression."""
    if isinstance(name, ast.JoinedStr):
        yield from (each.value for each in name.values if isinstance(each, ast.FormattedValue))
    elif isinstance(name, ast.BinOp):
        for side in (name.left, name.right):
            yield from list(_parts(side)) or [side]
    elif (
        isinstance(name, ast.Call)
        and isinstance(name.func, ast.Attribute)
        and name.func.attr == "format"
    ):
        yield from name.args


def _is_fixed(part: ast.expr) -> bool:
    if isinstance(part, (ast.Tuple, ast.List)):
        return all(_is_fixed(each) for each in part.elts)
    if isinstance(part, ast.Attribute):
        return part.attr in _NAMES_OF_CLASSES
    name = part.id if isinstance(part, ast.Name) else ""
    return isinstance(part, ast.Constant) or name in _NAMES_OF_CLASSES or name.isupper()
