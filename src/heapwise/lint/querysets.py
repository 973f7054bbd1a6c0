"""Query sets of Django and Peewee: chains of calls that ask a database only when they are looked at."""

from __future__ import annotations

import ast

from heapwise.lint.sessions import chain
from heapwise.lint.source import Source
from heapwise.lint.texts import made_by

_MANAGERS = {"objects", "_default_manager", "_base_manager"}
_GO_ON = {
    "all", "filter", "exclude", "order_by", "annotate", "alias", "distinct", "values", "values_list", "select_related",
    "prefetch_related", "only", "defer", "using", "reverse", "union", "intersection", "difference", "select_for_update",
    "complex_filter", "where", "join", "group_by", "having",
}  # fmt: skip
_TYPES = {"QuerySet", "ModelSelect"}
_DEPTH = 3


def is_query_set(source: Source, node: ast.expr, depth: int = _DEPTH) -> bool:
    """Whether an expression is a chain of calls on a manager of Django, as `Order.objects.filter(...)`, or on a
    `select()` of Peewee, itself or by a name."""
    links, first = chain(node)
    calls = [each for each in links if isinstance(each, ast.Call)]
    names = [each.func.attr for each in calls if isinstance(each.func, ast.Attribute)]
    if not names or not set(names[:-1]) <= _GO_ON:
        return _is_bound_to_one(source, node, depth) if isinstance(node, ast.Name) else False
    if any(isinstance(each, ast.Attribute) and _is_manager(each.attr) for each in links):
        return names[-1] in _GO_ON and isinstance(links[-1], ast.Attribute | ast.Call)
    if names[-1] == "select":
        is_peewee = any(each.split(".")[0] == "peewee" for each in source.imports.values())
        return is_peewee and isinstance(first, ast.Name) and first.id[:1].isupper()
    return names[-1] in _GO_ON and _is_bound_to_one(source, first, depth)


def _is_manager(name: str) -> bool:
    return name in _MANAGERS or name.endswith("_set")


def _is_bound_to_one(source: Source, node: ast.expr, depth: int) -> bool:
    """Whether a name stands for nothing but query sets."""
    made = made_by(source, node) if isinstance(node, ast.Name) and depth else []
    return bool(made) and all(
        source.dotted(each).rpartition(".")[2] in _TYPES or is_query_set(source, each, depth - 1)
        for each in made
    )
