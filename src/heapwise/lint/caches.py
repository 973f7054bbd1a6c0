"""Caches of functools: whether they throw out."""

from __future__ import annotations

import ast

from heapwise.lint.source import Source, keyword


def is_unbounded(source: Source, node: ast.expr) -> bool:
    """Whether a decorator makes a cache that never throws out."""
    if source.dotted(node) == "functools.cache":
        return True
    if source.called(node) != "functools.lru_cache" or not isinstance(node, ast.Call):
        return False
    given = keyword(node, "maxsize") or (node.args[0] if node.args else None)
    return isinstance(given, ast.Constant) and given.value is None
