"""Lists that begin empty, are appended to in one loop, and are read once after it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from heapwise.lint.calls import is_own
from heapwise.lint.single_use import block_of
from heapwise.lint.source import FUNCTIONS, LOOPS, Source, names_in


class Appended(NamedTuple):
    """loop: the statement of the block that the list begins in which appends to it. calls: `rows.append(...)` in it.
    use: the one place that reads the list, after the loop. makers: (first, last) lines of the loop that make what is
    appended; heads: lines that give what it is made from."""

    loop: ast.stmt
    calls: list[ast.Call]
    use: ast.Name
    makers: tuple[tuple[int, int], ...]
    heads: tuple[int, ...]


def appended(source: Source) -> Iterator[Appended]:
    """All of them in functions, and those of scripts."""
    for statement, targets, value in source.bindings:
        scope = source.scope(statement)
        if not isinstance(scope, (*FUNCTIONS, ast.Module)) or len(targets) != 1:
            continue
        for target, given in pairs(targets[0], value):
            if isinstance(target, ast.Name) and _is_empty(source, given):
                if scope is source.tree and not is_own(source, target.id):
                    continue
                found = _of(source, statement, target, scope)
                if found is not None:
                    yield found


def pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """`a, b = [], []` as two bindings."""
    both = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
    if both and len(target.elts) == len(value.elts):  # type: ignore[attr-defined]
        return list(zip(target.elts, value.elts, strict=True))  # type: ignore[attr-defined]
    return [(target, value)]


def _is_empty(source: Source, value: ast.expr) -> bool:
    if isinstance(value, ast.List):
        return not value.elts
    return source.called(value) == "list" and not value.args  # type: ignore[attr-defined]


def _of(source: Source, begun: ast.stmt, target: ast.Name, scope: ast.AST) -> Appended | None:
    name = target.id
    if any(isinstance(n, (ast.Global, ast.Nonlocal)) and name in n.names for n in ast.walk(scope)):
        return None
    named = [
        n for n in ast.walk(scope) if isinstance(n, ast.Name) and n.id == name and n is not target
    ]
    calls = [(n, call) for n in named if (call := appends(source, n)) is not None]
    uses = [n for n in named if all(n is not each for each, _ in calls)]
    if len(uses) != 1 or not calls or not isinstance(uses[0].ctx, ast.Load):
        return None
    [use] = uses
    block = block_of(source, begun)
    loops = {
        id(each): each
        for _, call in calls
        if (each := _statement_in(source, call, block)) is not None
    }
    loop = next(iter(loops.values()), None)
    inside = all(_statement_in(source, call, block) is loop for _, call in calls)
    if len(loops) != 1 or loop is None or not inside or not all(source.loop(c) for _, c in calls):
        return None
    if source.scope(use) is not scope or use.lineno <= (loop.end_lineno or loop.lineno):
        return None
    if any(source.scope(call) is not scope for _, call in calls):
        return None
    plain = [call for _, call in calls]
    makers, heads = makers_of([call.args[0] for call in plain], loop)
    return Appended(loop, plain, use, makers, heads)


def appends(source: Source, name: ast.expr) -> ast.Call | None:
    """The call `name.append(x)` that a name stands in, as a statement."""
    method = source.parent(name)
    call = source.parent(method) if isinstance(method, ast.Attribute) else None
    if not isinstance(call, ast.Call) or call.func is not method or len(call.args) != 1:
        return None
    named = isinstance(method, ast.Attribute) and method.attr == "append"
    return call if named and isinstance(source.parent(call), ast.Expr) else None


def _statement_in(source: Source, node: ast.AST, block: list[ast.stmt]) -> ast.stmt | None:
    """The loop, or `with` around one, of a block that a node stands in."""
    each: ast.AST | None = node
    while each is not None and each not in block:
        each = source.parent(each)
    return each if isinstance(each, (*LOOPS, ast.With, ast.AsyncWith)) else None


def makers_of(
    items: list[ast.expr], loop: ast.AST
) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """((first, last) lines of what binds the names in a loop that some items are made of, lines of what loops and
    `with` there bind them to)."""
    made: set[tuple[int, int]] = {
        (each.lineno, each.end_lineno or each.lineno) for each in items[1:]
    }
    heads: set[int] = set()
    done: set[str] = set()
    wanted = set().union(*map(names_in, items))
    while wanted - done:
        name = (wanted - done).pop()
        done.add(name)
        for node in ast.walk(loop):
            target, value = _binding(node)
            if value is None or name not in names_in(target):
                continue
            lines = value.lineno, value.end_lineno or value.lineno
            if isinstance(node, (ast.Assign, ast.AnnAssign)):
                made.add(lines)
                wanted |= names_in(value)
            else:
                heads |= set(range(lines[0], lines[1] + 1))
    return tuple(sorted(made)), tuple(sorted(heads))


def _binding(node: ast.AST) -> tuple[ast.AST, ast.expr | None]:
    """(what is bound, what it is bound to) of an assignment, a loop or a `with`."""
    if isinstance(node, ast.Assign):
        return ast.Tuple(list(node.targets)), node.value
    if isinstance(node, ast.AnnAssign):
        return node.target, node.value
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return node.target, node.iter
    if isinstance(node, ast.withitem) and node.optional_vars is not None:
        return node.optional_vars, node.context_expr
    return node, None
