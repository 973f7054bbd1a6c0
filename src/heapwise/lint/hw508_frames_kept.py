"""HW508: a frame, or a traceback, is kept in an attribute.

`sys.exc_info()`, `inspect.currentframe()`, `inspect.stack()` hold frames, and frames hold all their local variables,
and those of their callers.

What to do: keep what is needed of it: a name, a line, `traceback.format_exc()`. Costs: the frame's locals cannot be
looked at later. Clean: local variables.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, hit, shown
from heapwise.lint.source import Source

CODE = "HW508"
TITLE = "frames are kept"
NEEDS = ("exc_info", "currentframe", "_getframe", "inspect.")
_FRAMES = {
    "sys.exc_info", "sys._getframe", "inspect.currentframe", "inspect.stack", "inspect.trace",
    "inspect.getouterframes", "inspect.getinnerframes",
}  # fmt: skip


def look(source: Source) -> Iterator[Hit]:
    """Assignments of frames to attributes and items."""
    for statement in source.of(ast.Assign):
        value = statement.value
        kept = [t for t in statement.targets if isinstance(t, (ast.Attribute, ast.Subscript))]
        if kept and source.called(value) in _FRAMES and not _is_let_go(source, kept[0]):
            yield hit(
                source, statement, CODE, TITLE,
                f"{shown(kept[0])} holds frames, and all their locals, as long as it lives",
                fix="keep what is needed of it: traceback.format_exc(), a name, a line",
            )  # fmt: skip


def _is_let_go(source: Source, place: ast.expr) -> bool:
    """Whether the same place is set to None, or deleted, elsewhere in the class."""
    owner, named = source.class_of(place), ast.unparse(place)
    around = owner if owner is not None else source.tree
    for node in ast.walk(around):
        if isinstance(node, ast.Delete) and named in map(ast.unparse, node.targets):
            return True
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and node.value.value is None
        ):
            method = source.function(node)
            if (
                named in map(ast.unparse, node.targets)
                and getattr(method, "name", "") != "__init__"
            ):
                return True
    return False
