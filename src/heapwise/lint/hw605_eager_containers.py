"""HW605: each of many instances begins with empty containers.

An empty list takes 56 bytes and its header, a dict 64, a set 216, a deque 760: most stay empty.

What to do: `None` until the first item comes, or one shared empty tuple. Costs: who reads it must be ready for None.
Clean: classes of few instances; a single list.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.bulk import is_made_in_long_loop, made_in_bulk
from heapwise.lint.rule import Hit, hit
from heapwise.lint.source import Source, is_self_attribute, keyword, methods

CODE = "HW605"
TITLE = "empty containers in each instance"
NEEDS = ("class ",)
_MAKERS = {
    "list", "dict", "set", "collections.deque", "collections.defaultdict", "collections.OrderedDict",
    "collections.Counter",
}  # fmt: skip
_LEAST = 2
_HEAVY = {"set", "collections.deque"}


def look(source: Source) -> Iterator[Hit]:
    """Classes made in a loop whose instances begin with two empty containers or more, or a set or deque."""
    for owner in source.of(ast.ClassDef):
        names, heavy = _empty(source, owner)
        made = made_in_bulk(source, owner.name)
        if (len(names) >= _LEAST or heavy) and made is not None:
            yield hit(
                source, owner, CODE, TITLE,
                f"each {owner.name} begins with empty containers: {', '.join(names)}",
                sized=not is_made_in_long_loop(source, made), fix="None until the first item comes",
            )  # fmt: skip


def _empty(source: Source, owner: ast.ClassDef) -> tuple[list[str], bool]:
    """(the attributes, whether a set or a deque is among them)."""
    names, heavy = [], False
    for method in methods(owner):
        if method.name != "__init__":
            continue
        for node in method.body:
            target = (
                node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            )
            value = getattr(node, "value", None)
            if is_self_attribute(target) and (kind := _maker(source, value)):
                names.append(target.attr)  # type: ignore[union-attr]
                heavy |= kind in _HEAVY
    for each in owner.body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.value, ast.Call):
            kind = source.dotted(keyword(each.value, "default_factory"))
            if kind in _MAKERS:
                names.append(ast.unparse(each.target))
                heavy |= kind in _HEAVY
    return names, heavy


def _maker(source: Source, value: ast.AST | None) -> str:
    if isinstance(value, ast.List) and not value.elts:
        return "list"
    if isinstance(value, ast.Dict) and not value.keys:
        return "dict"
    if isinstance(value, ast.Call) and not value.args:
        name = source.dotted(value.func)
        return name if name in _MAKERS else ""
    return ""
