"""Chains of calls on a session of SQLAlchemy: `session.scalars(select(Item)).all()`."""

from __future__ import annotations

import ast

from heapwise.lint.source import Source


def is_mapped(source: Source, call: ast.Call) -> bool:
    """Whether a call ends a chain that asks a session for rows: one with `scalars(...)`, `query(Item)`, or
    `execute(select(...))`, in the expression or where its name is bound."""
    links, first = chain(call)
    if isinstance(first, ast.Name):
        links += _bound_chain(source, call, first.id)
    return any(_asks(source, call, each) for each in links)


def root(call: ast.Call) -> ast.expr:
    """What a chain of calls begins with: `session` of `session.query(Item).all()`."""
    return chain(call)[1]


def chain(node: ast.expr) -> tuple[list[ast.expr], ast.expr]:
    """(the calls and attributes of a chain, from the last; what it begins with)."""
    links: list[ast.expr] = []
    while True:
        if isinstance(node, ast.Await):
            node = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            links.append(node)
            node = node.func.value
        elif isinstance(node, ast.Attribute):
            links.append(node)
            node = node.value
        else:
            return links, node


def _bound_chain(source: Source, call: ast.Call, name: str) -> list[ast.expr]:
    """The links of what the function binds the name to, where it does so once."""
    value = _bound_once(source, call, name)
    return chain(value)[0] if value is not None else []


def _bound_once(source: Source, node: ast.AST, name: str) -> ast.expr | None:
    function = source.function(node)
    values = [
        value for statement, targets, value in source.bindings
        if source.function(statement) is function
        and any(isinstance(each, ast.Name) and each.id == name for each in targets)
    ]  # fmt: skip
    return values[0] if len(values) == 1 else None


def _asks(source: Source, call: ast.Call, link: ast.expr) -> bool:
    if isinstance(link, ast.Attribute):  # `Item.query`, as Flask-SQLAlchemy has it
        return link.attr == "query" and isinstance(link.value, ast.Name) and _is_class(link.value)
    if not isinstance(link, ast.Call) or not isinstance(link.func, ast.Attribute):
        return False
    name, given = link.func.attr, link.args[0] if link.args else None
    if name == "scalars":
        return True
    if name == "query":
        return given is not None and _is_class(given)
    return name in ("execute", "exec") and given is not None and _selects(source, call, given)


def _is_class(node: ast.expr) -> bool:
    """Whether an expression is a class, by its name, or an attribute of one."""
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    if isinstance(node, ast.Attribute) and not name[:1].isupper():
        return _is_class(node.value)
    return bool(name[:1].isupper())


def _selects(source: Source, call: ast.Call, node: ast.expr) -> bool:
    """Whether a statement is a `select(...)`, or a name that is bound to one."""
    if isinstance(node, ast.Name):
        bound = _bound_once(source, call, node.id)
        return (
            bound is not None and not isinstance(bound, ast.Name) and _selects(source, call, bound)
        )
    links, first = chain(node)
    calls = [each.func for each in (*links, first) if isinstance(each, ast.Call)]
    names = {
        each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in calls
    }
    return "select" in names
