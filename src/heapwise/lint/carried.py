"""What a function makes of a value, and the attributes of its object that it puts that into."""

from __future__ import annotations

import ast

from heapwise.lint.kept import is_reduced
from heapwise.lint.source import FunctionNode, Source, is_self_attribute

_PUTS = {"append", "extend", "add", "insert", "update", "setdefault", "appendleft"}


def attributes_that_take(source: Source, function: FunctionNode, value: ast.expr) -> set[str]:
    """The attributes of `self` that a function puts a value into, or what it makes of it, but for what is surely
    small."""
    nodes = list(ast.walk(function))
    names: set[str] = set()
    grown = -1
    while grown != len(names):  # names of names
        grown = len(names)
        for node in nodes:
            names |= _bound(source, node, value, names)
    found = set()
    for node in nodes:
        place: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            given = [*node.args, *(each.value for each in node.keywords)]
            if node.func.attr in _PUTS and any(carries(source, n, value, names) for n in given):
                place = node.func.value
        elif isinstance(node, ast.Assign) and carries(source, node.value, value, names):
            place = node.targets[0]
        while isinstance(place, ast.Subscript):
            place = place.value
        if isinstance(place, ast.Attribute) and is_self_attribute(place):
            found.add(place.attr)
    return found


def carries(source: Source, node: ast.AST | None, value: ast.expr, names: set[str]) -> bool:
    """Whether an expression is made of a value, or of what some names stand for, and not of a small part of it."""
    waiting = [node] if node is not None else []
    while waiting:
        each = waiting.pop()
        if each is value or (isinstance(each, ast.Name) and each.id in names):
            return True
        small = isinstance(each, (ast.Compare, ast.Constant)) or (
            isinstance(each, ast.Call) and is_reduced(source, each)
        )
        if not small and not (isinstance(each, ast.Subscript) and _is_cut(each)):
            waiting += ast.iter_child_nodes(each)
    return False


def _is_cut(node: ast.Subscript) -> bool:
    """`text[:10]`: few of all."""
    end = node.slice.upper if isinstance(node.slice, ast.Slice) else None
    return isinstance(end, ast.Constant)


def _bound(source: Source, node: ast.AST, value: ast.expr, names: set[str]) -> set[str]:
    """The names that a node binds to what carries a value."""
    targets: list[ast.expr] = []
    made: ast.expr | None = None
    if isinstance(node, ast.Assign):
        targets, made = node.targets, node.value
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr, ast.AugAssign)):
        targets, made = [node.target], node.value
    elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
        targets, made = [node.target], node.iter
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        put = node.func.attr in _PUTS and any(carries(source, n, value, names) for n in node.args)
        return {node.func.value.id} if put and isinstance(node.func.value, ast.Name) else set()
    if made is None or not carries(source, made, value, names):
        return set()
    return {
        each.id for target in targets for each in ast.walk(target)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }  # fmt: skip
