"""Names that a function, or a script, binds once and reads once."""

from __future__ import annotations

import ast

from heapwise.lint.calls import is_own
from heapwise.lint.source import Source


def only_use(source: Source, node: ast.Assign, name: str) -> ast.Name | None:
    """The one place where the function reads a name that it binds once, or the script, whose functions may not; None
    where there are more, and where other modules may read it."""
    scope = source.function(node) or source.tree
    if scope is source.tree and not is_own(source, name):
        return None
    named = [n for n in ast.walk(scope) if isinstance(n, ast.Name) and n.id == name]
    reads = [n for n in named if isinstance(n.ctx, ast.Load)]
    if len(reads) != 1 or len(named) != 2 or source.scope(reads[0]) is not scope:
        return None
    declared = any(
        isinstance(n, (ast.Global, ast.Nonlocal)) and name in n.names for n in ast.walk(scope)
    )
    return reads[0] if reads[0].lineno > node.lineno and not declared else None


def used_at(source: Source, value: ast.expr) -> ast.expr | None:
    """The value itself, or the one place that reads the name it is bound to; None where that name has other uses."""
    above = source.parent(value)
    if isinstance(above, ast.Assign) and len(above.targets) == 1:
        target = above.targets[0]
        return only_use(source, above, target.id) if isinstance(target, ast.Name) else value
    return value


def used_beside(source: Source, value: ast.expr) -> ast.expr | None:
    """As `used_at`, where the use stands among the statements beside the value's own, and nothing else is bound."""
    use = used_at(source, value)
    own, statement = source.parent(value), source.statement(use) if use is not None else None
    if use is value:
        return value if not isinstance(own, ast.Assign) else None
    beside = isinstance(own, ast.stmt) and statement in block_of(source, own)
    return use if beside else None


def block_of(source: Source, node: ast.stmt) -> list[ast.stmt]:
    """The statements beside a statement."""
    above = source.parent(node)
    for name in ("body", "orelse", "finalbody"):
        block = getattr(above, name, None)
        if isinstance(block, list) and node in block:
            return block
    return []
