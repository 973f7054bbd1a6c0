"""What the heads of loops call."""

from __future__ import annotations

import ast


def called_in_head(loop: ast.stmt) -> tuple[str, ...]:
    """The functions that make what a loop walks over."""
    head = [
        getattr(loop, "iter", ast.Pass()),
        *(i.context_expr for i in getattr(loop, "items", ())),
    ]
    calls = [n.func for each in head for n in ast.walk(each) if isinstance(n, ast.Call)]
    names = {c.attr if isinstance(c, ast.Attribute) else getattr(c, "id", "") for c in calls}
    return tuple(sorted(names - {""}))
