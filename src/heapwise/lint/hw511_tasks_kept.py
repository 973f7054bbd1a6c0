"""HW511: tasks, futures or threads are collected and never taken out.

A finished task keeps its result, its exception and the frame of its coroutine; a list that only grows keeps them all.

What to do: a set, with `task.add_done_callback(tasks.discard)`; `asyncio.TaskGroup`; an executor. Costs: nothing.
Clean: containers that are emptied; locals.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.growing import attributes, is_container, module_names, named, uses_of
from heapwise.lint.rule import Hit, hit
from heapwise.lint.source import Source, is_self_attribute

CODE = "HW511"
TITLE = "finished tasks are kept"
NEEDS = ("create_task", "ensure_future", "submit", "Thread(")
_MAKERS = {"asyncio.create_task", "asyncio.ensure_future", "threading.Thread"}
_METHODS = {"create_task", "submit"}


def look(source: Source) -> Iterator[Hit]:
    """`self.tasks.append(asyncio.create_task(...))` and the like, with nothing that takes them out."""
    top = module_names(source)
    for call in source.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in ("append", "add"):
            continue
        if len(call.args) != 1 or not _is_task(source, call, call.args[0]):
            continue
        place = call.func.value
        function, owner = source.function(call), source.class_of(call)
        if function is None or function.name == "__init__":
            continue
        if is_self_attribute(place) and owner is not None:
            if not _is_plain(source, owner, ast.unparse(place)):
                continue
            uses = uses_of(source, attributes(source, owner, place.attr))  # type: ignore[attr-defined]
        elif isinstance(place, ast.Name) and place.id in top:
            uses = uses_of(source, named(source, place.id))
        else:
            continue
        if not uses.shrinks and not uses.escapes:
            yield hit(
                source, call, CODE, TITLE,
                f"{ast.unparse(place)} keeps each task with its result, finished or not",
                fix="a set, and task.add_done_callback(tasks.discard)",
            )  # fmt: skip


def _is_plain(source: Source, owner: ast.ClassDef, named: str) -> bool:
    """Whether an attribute is bound to a plain container in its class."""
    return any(
        is_container(source, value) and named in map(ast.unparse, _flat(targets))
        for node, targets, value in source.bindings
        if source.class_of(node) is owner
    )


def _flat(targets: list[ast.expr]) -> list[ast.expr]:
    return [each for t in targets for each in (t.elts if isinstance(t, ast.Tuple) else [t])]


def _is_task(source: Source, call: ast.Call, given: ast.expr) -> bool:
    if isinstance(given, ast.Call):
        method = given.func.attr if isinstance(given.func, ast.Attribute) else ""
        return source.dotted(given.func) in _MAKERS or method in _METHODS
    if isinstance(given, ast.Name):
        function = source.function(call)
        return function is not None and any(
            isinstance(n, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == given.id for t in n.targets)
            and isinstance(n.value, ast.Call)
            and _is_task(source, call, n.value)
            for n in ast.walk(function)
        )
    return False
