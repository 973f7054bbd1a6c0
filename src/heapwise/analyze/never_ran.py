"""Functions that a recorded run cannot have gone through: what stands in them says nothing of that run."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping, Set
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
    """Functions whose own body makes a function, a class or an instance of one of the file's classes, which allocates,
    and of which no line did, have no body any more; nor have the methods of classes that then nothing names. Whether
    there were any: none where the file's own definitions were not recorded, as it ran before."""
    own = [each for each in tree.body if isinstance(each, _DEFINITIONS)]
    if not own or not all(_spans(each, each.body[0], lines) for each in own):
        return False
    found = False
    classes = {each.name for each in own if isinstance(each, ast.ClassDef) and not each.keywords}
    for node in ast.walk(tree):
        if not isinstance(node, _FUNCTIONS):
            continue
        makes = any(
            isinstance(each, _DEFINITIONS) or _makes_one(each, classes) for each in node.body
        )
        first, last = node.body[0].lineno, node.end_lineno or 0
        if makes and not any(first <= each <= last for each in lines):
            _empty(node)
            found = True
    if found:
        _empty_unnamed_classes(tree, classes, lines)
    return found


def _empty(node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    node.body = [ast.copy_location(ast.Pass(), node.body[0])]


def _makes_one(statement: ast.stmt, classes: Collection[str]) -> bool:
    """Whether a statement makes an instance of one of some classes first of all: `store = Store(path)`."""
    value = getattr(statement, "value", None)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Expr, ast.Return)):
        return False
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and value.func.id in classes
    )


def _empty_unnamed_classes(tree: ast.Module, classes: Set[str], lines: Collection[int]) -> None:
    """Empties the methods of classes that derive from another one of the file, whose names stand nowhere, and of whose
    methods no line allocated: nothing that ran can have made an instance of them."""
    named = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    named |= {each.attr for each in ast.walk(tree) if isinstance(each, ast.Attribute)}
    named |= {
        each.value
        for each in ast.walk(tree)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }
    hooks = {each.name for each in ast.walk(tree) if isinstance(each, _FUNCTIONS)} & {
        "__init_subclass__"
    }
    if hooks or "__subclasses__" in named:
        return
    for node in tree.body:
        if (
            not isinstance(node, ast.ClassDef)
            or node.decorator_list
            or node.name not in classes - named
        ):
            continue
        methods = [each for each in node.body if isinstance(each, _FUNCTIONS)]
        ran = any(
            each.body[0].lineno <= line <= (each.end_lineno or 0)
            for each in methods
            for line in lines
        )
        if (
            not ran
            and node.bases
            and all(isinstance(each, ast.Name) and each.id in classes for each in node.bases)
        ):
            for method in methods:
                _empty(method)


def _spans(
    definition: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
    end: ast.stmt,
    lines: Collection[int],
) -> bool:
    """Whether one of the lines is that of a definition, or of what decorates it."""
    first = min([definition.lineno, *(each.lineno for each in definition.decorator_list)])
    return any(first <= each <= end.lineno for each in lines)
