"""HW501: a cache on a method keeps every instance alive.

The cache belongs to the class, and `self` is part of its keys: each instance that was ever asked stays until its
entry is thrown out, or for ever.

What to do: `functools.cached_property` where there is no argument; a cache made in `__init__` otherwise; where the
method does not use `self`, make it a static method (done by `--fix --unsafe`). Costs: instances no longer share
results. Clean: caches on static and class methods, those with a key of their own, and bounded ones, where instances are
few.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from heapwise.lint.bulk import made_in_bulk
from heapwise.lint.caches import is_unbounded
from heapwise.lint.effects import gives_the_same
from heapwise.lint.rule import Edit, Hit, edit, hit
from heapwise.lint.source import FunctionNode, Source, keyword, methods, parameters, self_name

CODE = "HW501"
TITLE = "cache on a method"
NEEDS = ("cache",)
CACHES = {
    "functools.lru_cache", "functools.cache", "cachetools.cached", "async_lru.alru_cache",
    "aiocache.cached",
}  # fmt: skip
_NO_INSTANCE = {"staticmethod", "classmethod"}
_STATIC = {"__new__", "__init_subclass__", "__class_getitem__"}
_FEW_INSTANCES = {"enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag", "type"}


def look(source: Source) -> Iterator[Hit]:
    """Methods behind a cache; `m = lru_cache(None)(f)` in a class's body as well."""
    for owner in source.of(ast.ClassDef):
        if any(source.dotted(base) in _FEW_INSTANCES for base in owner.bases):
            continue
        for method in methods(owner):
            yield from _method(source, owner, method)
        for each in owner.body:
            if isinstance(each, ast.Assign) and cache_of(source, each.value):
                yield hit(
                    source, each, CODE, TITLE, _says(owner.name, ast.unparse(each.targets[0])),
                    fix="make the cache in __init__, one for each instance",
                )  # fmt: skip


def _method(source: Source, owner: ast.ClassDef, method: FunctionNode) -> Iterator[Hit]:
    names = {source.dotted(each) for each in method.decorator_list}
    found = next((d for d in method.decorator_list if cache_of(source, d)), None)
    if found is None or names & _NO_INSTANCE or method.name in _STATIC or not parameters(method):
        return
    if isinstance(found, ast.Call) and keyword(found, "key") is not None:
        return
    if f"{method.name}.cache_clear" in source.text:
        return
    me = self_name(method)
    if me == "cls" or (_is_bounded(source, found) and made_in_bulk(source, owner.name) is None):
        return
    used = any(isinstance(n, ast.Name) and n.id == me for s in method.body for n in ast.walk(s))
    used = used or any(source.called(each) == "super" for each in ast.walk(method))
    fix = "functools.cached_property" if len(parameters(method)) == 1 else (
        "make the cache in __init__: self.%s = functools.lru_cache(...)(self._%s)" % ((method.name,) * 2)
    )  # fmt: skip
    edits: tuple[Edit, ...] = ()
    alone = len(method.decorator_list) == 1 and not any(
        isinstance(n, ast.Attribute)
        and n.attr == method.name
        and (
            source.dotted(n.value) in (owner.name, "cls")
            or source.called(n.value) == "type"
            or (isinstance(n.value, ast.Attribute) and n.value.attr == "__class__")
        )
        for n in source.of(ast.Attribute)
    )
    shared = alone and gives_the_same(source, method) and "cache_info" not in source.text
    if not used and me and shared:
        fix = "self is not used: make it a @staticmethod"
        edits = (edit(source, method, _static, kind="FunctionDef"),)
    yield hit(
        source, found, CODE, TITLE, _says(owner.name, method.name), fix=fix, edits=edits
    )  # fmt: skip


def _is_bounded(source: Source, found: ast.expr) -> bool:
    """Whether the cache throws out: then it keeps no more than so many instances."""
    return source.dotted(found.func if isinstance(found, ast.Call) else found) == (
        "functools.lru_cache"
    ) and not is_unbounded(source, found)


def _says(owner: str, name: str) -> str:
    return f"the cache of {owner}.{name} keeps every {owner} alive that was ever asked"


def cache_of(source: Source, node: ast.expr) -> bool:
    """Whether a decorator, or a call that wraps a function, makes a cache."""
    while isinstance(node, ast.Call):
        node = node.func
    return source.dotted(node) in CACHES


def _static(node: Any) -> Any:
    import libcst as cst

    decorator = cst.Decorator(cst.Name("staticmethod"))
    first, *rest = node.params.posonly_params + node.params.params
    del first
    positional = len(node.params.posonly_params)
    kept = {} if positional > 1 else {"posonly_ind": cst.MaybeSentinel.DEFAULT}
    changed = node.params.with_changes(
        **kept, posonly_params=rest[: max(0, positional - 1)], params=rest[max(0, positional - 1) :]
    )
    return node.with_changes(decorators=[decorator, *node.decorators], params=changed)
