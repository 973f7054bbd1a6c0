"""Functions that a recorded run cannot have gone through: what stands in them says nothing of that run."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from heapwise.model.tables import Frame

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = (*_FUNCTIONS, ast.ClassDef)


def lines_that_ran(
    meta: Mapping[str, Any], frames: Iterable[Frame]
) -> Mapping[str, Collection[int]]:
    """File -> its lines that allocated, where each allocation was recorded."""
    if meta.get("sampling_interval_bytes") not in (0, "0"):
        return {}
    found: dict[str, set[int]] = {}
    for frame in frames:
        found.setdefault(frame.file, set()).add(frame.line)
    return found


def empty_what_never_ran(tree: ast.Module, lines: Collection[int]) -> bool:
    """Functions whose own body defines a function or a class, which allocates, and of which no line did, have no body
    any more. Whether there were any: none where the file's own definitions were not recorded, as it ran before."""
    own = [each for each in tree.body if isinstance(each, _DEFINITIONS)]
    if not own or not all(_spans(each, each.body[0], lines) for each in own):
        return False
    found = False
    for node in ast.walk(tree):
        if not isinstance(node, _FUNCTIONS):
            continue
        makes = any(isinstance(each, _DEFINITIONS) for each in node.body)
        first, last = node.body[0].lineno, node.end_lineno or 0
        if makes and not any(first <= each <= last for each in lines):
            node.body = [ast.copy_location(ast.Pass(), node.body[0])]
            found = True
    return found


def _spans(
    definition: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
    end: ast.stmt,
    lines: Collection[int],
) -> bool:
    """Whether one of the lines is that of a definition, or of what decorates it."""
    first = min([definition.lineno, *(each.lineno for each in definition.decorator_list)])
    return any(first <= each <= end.lineno for each in lines)
