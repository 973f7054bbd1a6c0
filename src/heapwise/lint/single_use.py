"""Names that a function binds once and reads once."""

from __future__ import annotations

import ast

from heapwise.lint.source import Source


def only_use(source: Source, node: ast.Assign, name: str) -> ast.Name | None:
    """The one place where the function reads a name that it binds once; None where there are more."""
    scope = source.function(node)
    if scope is None:
        return None
    named = [n for n in ast.walk(scope) if isinstance(n, ast.Name) and n.id == name]
    reads = [n for n in named if isinstance(n.ctx, ast.Load)]
    if len(reads) != 1 or len(named) != 2 or source.scope(reads[0]) is not scope:
        return None
    declared = any(
        isinstance(n, (ast.Global, ast.Nonlocal)) and name in n.names for n in ast.walk(scope)
    )
    return reads[0] if reads[0].lineno > node.lineno and not declared else None


def block_of(source: Source, node: ast.stmt) -> list[ast.stmt]:
    """The statements beside a statement."""
    above = source.parent(node)
    for name in ("body", "orelse", "finalbody"):
        block = getattr(above, name, None)
        if isinstance(block, list) and node in block:
            return block
    return []
