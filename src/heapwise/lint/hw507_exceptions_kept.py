"""HW507: exceptions are collected with their tracebacks, and so with the locals of every frame.

A stored exception holds its traceback, that the frames, those all their local variables: a list of errors can hold
all data that was at work when they were raised.

What to do: `error.with_traceback(None)` before it is kept (done by `--fix --unsafe`), or keep `str(error)` or
`traceback.TracebackException`. Costs: a report made later has no locals to show. Clean: lists that are local to the
function.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from heapwise.lint.growing import attributes, uses_of
from heapwise.lint.rule import Hit, edit, hit
from heapwise.lint.source import Source, is_self_attribute

CODE = "HW507"
TITLE = "exceptions kept with their frames"
NEEDS = ("except",)


def look(source: Source) -> Iterator[Hit]:
    """`self.errors.append(error)`, `FAILED[key] = error` in a handler."""
    for handler in source.of(ast.ExceptHandler):
        if not handler.name:
            continue
        cleared = any(
            isinstance(n, ast.Attribute) and n.attr in ("with_traceback", "__traceback__")
            for each in handler.body for n in ast.walk(each)
        )  # fmt: skip
        if cleared:
            continue
        for node in (n for each in handler.body for n in ast.walk(each)):
            if isinstance(node, ast.Name) and node.id == handler.name:
                place = _kept_in(source, node)
                if place is not None and _lives_on(source, place) and not _goes(source, place):
                    yield hit(
                        source, source.statement(node) or node, CODE, TITLE,
                        f"{ast.unparse(place)} keeps the frames of each exception, and all their locals",
                        fix=f"{handler.name}.with_traceback(None)",
                        edits=() if _needs_traceback(source, handler) else (edit(source, node, without_traceback),),
                    )  # fmt: skip


def _kept_in(source: Source, node: ast.Name) -> ast.expr | None:
    """The container that an exception is put into, alone or in a tuple."""
    inner: ast.AST = node
    above = source.parent(node)
    while isinstance(above, (ast.Tuple, ast.List, ast.Dict)):
        inner, above = above, source.parent(above)
    if (
        isinstance(above, ast.Call)
        and isinstance(above.func, ast.Attribute)
        and inner in above.args
    ) and above.func.attr in ("append", "add", "appendleft", "setdefault"):
        return above.func.value
    if (
        isinstance(above, ast.Assign)
        and above.value is inner
        and isinstance(above.targets[0], ast.Subscript)
    ):
        return above.targets[0].value
    return None


def looks_at_tracebacks(source: Source) -> bool:
    """Whether any part of the module may."""
    return any(word in source.text for word in ("traceback", "exc_info", "print_exc", "format_exc"))


def _needs_traceback(source: Source, handler: ast.ExceptHandler) -> bool:
    """Whether the handler itself raises again, or any part of the module looks at tracebacks."""
    if looks_at_tracebacks(source):
        return True
    for node in (n for each in handler.body for n in ast.walk(each)):
        if isinstance(node, ast.Raise):
            return True
        if isinstance(node, ast.Attribute) and node.attr in (
            "exception",
            "exc_info",
            "print_exc",
            "format_exc",
        ):
            return True
        if isinstance(node, ast.Name) and node.id == "traceback":
            return True
    return False


def _goes(source: Source, place: ast.expr) -> bool:
    """Whether a container of the object's own is emptied, or handed on, as to an ExceptionGroup."""
    owner = source.class_of(place)
    if owner is None or not is_self_attribute(place):
        return False
    uses = uses_of(source, attributes(source, owner, place.attr))  # type: ignore[attr-defined]
    return uses.shrinks or uses.escapes


def _lives_on(source: Source, place: ast.expr) -> bool:
    """Whether a container outlives the function: an attribute, or a name of the module."""
    if isinstance(place, ast.Attribute):
        return True
    if not isinstance(place, ast.Name):
        return False
    function = source.function(place)
    stored = function is not None and any(
        isinstance(n, ast.Name) and n.id == place.id and isinstance(n.ctx, ast.Store)
        for n in ast.walk(function)
    )
    taken = function is not None and place.id in {
        a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    }
    top = any(
        isinstance(t, ast.Name) and t.id == place.id
        for each in source.tree.body if isinstance(each, (ast.Assign, ast.AnnAssign))
        for t in (each.targets if isinstance(each, ast.Assign) else [each.target])
    )  # fmt: skip
    return function is not None and top and not stored and not taken


def without_traceback(node: Any) -> Any:
    """A name of LibCST with `.with_traceback(None)`."""
    import libcst as cst

    return cst.parse_expression(f"{node.value}.with_traceback(None)")
