"""Whether code changes the attributes that items are made from, while they are gone through."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from heapwise.lint.flow import CHANGING
from heapwise.lint.source import FunctionNode, Source

_QUIET = {
    "write", "writelines", "writerow", "writerows", "info", "debug", "warning", "error", "exception", "send", "execute",
}  # fmt: skip
"""Methods that are called for what they do, and do nothing to what they are given."""


def attributes_of(source: Source, function: FunctionNode) -> set[str]:
    """The attributes that a function reads, but for methods that it calls."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            above = source.parent(node)
            if not isinstance(above, ast.Call) or above.func is not node:
                found.add(node.attr)
    return found


def alters(source: Source, nodes: Iterable[ast.AST], names: set[str]) -> bool:
    """Whether some code sets, deletes or changes in place attributes of such names, whose ever, itself or by functions
    of the module that it calls."""
    waiting, seen = list(nodes), set[str]()
    while waiting:  # each name once
        every = [node for each in waiting for node in ast.walk(each)]
        if any(
            isinstance(each, ast.Attribute) and each.attr in names and _is_altered(source, each)
            for each in every
        ):
            return True
        called = {
            getattr(each.func, "attr", getattr(each.func, "id", ""))
            for each in every if isinstance(each, ast.Call)
        }  # fmt: skip
        own = [each for name in called - seen for each in source.functions_named.get(name, ())]
        waiting = [part for each in own for part in each.body]
        seen |= called
    return False


def _is_altered(source: Source, node: ast.Attribute) -> bool:
    """`x.names = ...`, `del x.names[key]`, `x.names.pop(key)`."""
    if not isinstance(node.ctx, ast.Load):
        return True
    place: ast.expr = node
    above = source.parent(place)
    while isinstance(above, ast.Subscript) and above.value is place:
        if not isinstance(above.ctx, ast.Load):
            return True
        place, above = above, source.parent(above)
    if not isinstance(above, ast.Attribute) or above.attr not in CHANGING:
        return False
    call = source.parent(above)
    return isinstance(call, ast.Call) and call.func is above


def acts_on(body: Iterable[ast.AST], names: set[str]) -> bool:
    """Whether statements call methods of what some names stand for, for what these do."""
    for each in (node for part in body for node in ast.walk(part)):
        call = each.value if isinstance(each, ast.Expr) else None
        method = call.func if isinstance(call, ast.Call) else None
        if not isinstance(method, ast.Attribute) or method.attr in _QUIET:
            continue
        owner: ast.expr = method.value
        while isinstance(owner, (ast.Attribute, ast.Subscript)):
            owner = owner.value
        if isinstance(owner, ast.Name) and owner.id in names:
            return True
    return False
