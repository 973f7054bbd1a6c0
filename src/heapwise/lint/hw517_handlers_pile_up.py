"""HW517: each instance adds a handler to the same logger.

Loggers are shared by name: a handler that `__init__` adds stays when the object goes, and the next one adds another.
Each message is then written as often, and the handlers hold what they know.

What to do: add handlers once, where the program starts; or ask `if not logger.handlers`. Costs: nothing. Clean: guarded
additions, loggers of the object's own, classes that remove theirs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, hit
from heapwise.lint.source import Source, names_in

CODE = "HW517"
TITLE = "handlers pile up"
NEEDS = ("addHandler", "addFilter")


def look(source: Source) -> Iterator[Hit]:
    """`addHandler` in `__init__`, on a logger that is got by a fixed name."""
    for call in source.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in (
            "addHandler",
            "addFilter",
        ):
            continue
        function, owner = source.function(call), source.class_of(call)
        if owner is None or function is None or function.name != "__init__":
            continue
        text = ast.unparse(owner)
        if (
            "removeHandler" in text
            or "removeFilter" in text
            or ".handlers" in text
            or "hasHandlers" in text
        ):
            continue
        logger = ast.unparse(call.func.value)
        if any(_is_shared(source, n, logger) for n in (*ast.walk(function), *source.tree.body)):
            yield hit(
                source, call, CODE, TITLE, f"each {owner.name} adds one more to the same logger",
                fix="add it once where the program starts, or ask `if not logger.handlers`",
            )  # fmt: skip


def _is_shared(source: Source, node: ast.AST, logger: str) -> bool:
    if not isinstance(node, ast.Assign) or source.called(node.value) != "logging.getLogger":
        return False
    if logger not in {ast.unparse(target) for target in node.targets}:
        return False
    return not (names_in(node.value) - {"logging", "__name__", "self", "getLogger"})
