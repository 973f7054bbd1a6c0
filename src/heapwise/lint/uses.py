"""Where a value is used in the end, in all functions of a module that it reaches.

A value is followed through names that are bound once, into parameters of functions of the module, out of `return` and
`yield` to every call, through attributes of `self`, and through tuples that are taken apart as they were made. What is
not plain to see makes the whole unknown. What a use does with the value is for the rules to judge.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import NamedTuple

from heapwise.lint.calls import call_sites, family, is_own, parameter_of
from heapwise.lint.source import Source, is_self_attribute, self_name

_LIMIT = 200
_DEPTH = 24
_ITEM = -1
"""A step into what a generator gives; others are the place in a tuple."""


class Use(NamedTuple):
    """place: the expression that stands for the value there. trail: the expressions that stood for it on the way, with
    the place. repeated: whether one value may be used there several times. crossed: whether another function than the
    one where it was made uses it."""

    place: ast.expr
    trail: tuple[ast.expr, ...]
    repeated: bool
    crossed: bool


Values = list[list[Use]]


def values(source: Source, node: ast.expr, *, told: bool = False) -> Values | None:
    """The uses of each value that an expression may give (one for each call, where a function returns it); None where
    one is out of sight. told: attributes and functions that other modules may use count by the uses in this one."""
    return _Walk(source, told=told).follow(_At(node))


def all_uses(
    source: Source,
    node: ast.expr,
    *,
    told: bool = False,
    given: bool = False,
    chosen: bool = False,
) -> list[Use] | None:
    """The uses of all values that an expression may give. given: those in sight, where a function returns it to callers
    that are not. chosen: past `or` and a conditional expression, which may give it; whether it is true is no use."""
    found = _Walk(source, told=told, given=given, chosen=chosen).follow(_At(node))
    return None if found is None else [use for value in found for use in value]


def uses_of_target(source: Source, target: ast.expr) -> list[Use] | None:
    """The uses of what is bound to a name."""
    if not isinstance(target, ast.Name):
        return None
    found = _Walk(source, told=False).reads(_At(target), target)
    return None if found is None else [use for value in found for use in value]


def single_uses(source: Source, node: ast.expr, *, is_counted: bool = False) -> list[Use] | None:
    """The one use of each value that an expression may give; None where a value may have more or less. is_counted: its
    length may be asked for afterwards as well."""
    found = values(source, node)
    if found and is_counted:
        found = [_without_lengths(source, each) for each in found]
    if found is None or any(len(each) != 1 or each[0].repeated for each in found):
        return None
    return [each[0] for each in found]


def _without_lengths(source: Source, uses: list[Use]) -> list[Use]:
    """The uses but for each `len(lines)` that stands after the one other, and not within its loop; else all of them."""
    asked = [each for each in uses if is_length(source, each.place)]
    others = [each for each in uses if each not in asked]
    if len(others) != 1:
        return uses
    place = others[0].place
    after = all(
        each.place.lineno > place.lineno
        and source.loop(each.place) is source.loop(place)
        and source.function(each.place) is source.function(place)
        for each in asked
    )
    return others if after else uses


def is_length(source: Source, place: ast.expr) -> bool:
    """Whether `len(...)` of what stands there is asked for."""
    call = source.parent(place)
    return isinstance(call, ast.Call) and source.called(call) == "len" and call.args == [place]


class _At(NamedTuple):
    """A value on its way: path leads to it inside what `node` stands for."""

    node: ast.expr
    path: tuple[int, ...] = ()
    trail: tuple[ast.expr, ...] = ()
    repeated: bool = False
    crossed: bool = False
    shared: bool = False


class _Walk:
    """One question; its cost is limited."""

    def __init__(
        self, source: Source, *, told: bool, given: bool = False, chosen: bool = False
    ) -> None:
        self._source = source
        self._told = told
        self._given = given
        self._chosen = chosen
        self._left = _LIMIT
        self._active: set[tuple[int, tuple[int, ...]]] = set()

    def follow(self, at: _At) -> Values | None:
        """The uses of the value that stands there."""
        key = id(at.node), at.path
        self._left -= 1
        if self._left < 0 or key in self._active or len(self._active) >= _DEPTH:
            return None
        self._active.add(key)
        try:
            return self._step(at._replace(trail=(*at.trail, at.node)))
        finally:
            self._active.discard(key)

    def _step(self, at: _At) -> Values | None:
        node, above = at.node, self._source.parent(at.node)
        if isinstance(above, ast.Expr):
            return [[]]
        if isinstance(above, ast.Assign):
            return self._bound(at, above.targets[0]) if len(above.targets) == 1 else None
        if isinstance(above, ast.AnnAssign):
            return self._bound(at, above.target)
        if isinstance(above, ast.Return):
            return self._returned(at)
        if isinstance(above, ast.Yield):
            return self._returned(at._replace(path=(_ITEM, *at.path)))
        if isinstance(above, ast.Await):
            return self.follow(at._replace(node=above))
        if isinstance(above, ast.Tuple) and not self._is_index(above):
            if any(isinstance(each, ast.Starred) for each in above.elts):
                return None
            place = next(i for i, each in enumerate(above.elts) if each is node)
            return self.follow(at._replace(node=above, path=(place, *at.path)))
        if isinstance(above, (ast.Call, ast.keyword)):
            parameter = parameter_of(self._source, node)
            if parameter is not None:
                crossed = at._replace(crossed=True)
                return self.reads(crossed, parameter)
        if self._chosen and (
            isinstance(above, ast.BoolOp)
            or (isinstance(above, ast.IfExp) and node is not above.test)
        ):
            return self.follow(at._replace(node=above))
        if at.path:
            return self._inside(at, above)
        return [[Use(node, at.trail, at.repeated, at.crossed)]]

    def _is_index(self, node: ast.Tuple) -> bool:
        above = self._source.parent(node)
        return isinstance(above, ast.Subscript) and above.slice is node

    def _inside(self, at: _At, above: ast.AST | None) -> Values | None:
        """Of what is in a tuple, or given by a generator: where that is taken out."""
        step, *rest = at.path
        inner = at._replace(path=tuple(rest))
        if step == _ITEM:
            if isinstance(above, (ast.For, ast.AsyncFor, ast.comprehension)):
                return self._bound(inner, above.target) if above.iter is at.node else None
            return None
        if isinstance(above, ast.Subscript) and above.value is at.node:
            place = above.slice.value if isinstance(above.slice, ast.Constant) else None
            if not isinstance(place, int) or place < 0 or not isinstance(above.ctx, ast.Load):
                return None
            return self.follow(inner._replace(node=above)) if place == step else [[]]
        return None

    def _bound(self, at: _At, target: ast.expr) -> Values | None:
        if isinstance(target, ast.Name):
            return self.reads(at, target)
        if isinstance(target, ast.Tuple) and at.path and at.path[0] >= 0:
            plain = not any(isinstance(each, ast.Starred) for each in target.elts)
            if not plain or at.path[0] >= len(target.elts):
                return None
            return self._bound(at._replace(path=at.path[1:]), target.elts[at.path[0]])
        function = self._source.function(target)
        if function is not None and is_self_attribute(target, self_name(function)):
            return self._of_attribute(at, target)  # type: ignore[arg-type]
        return None

    def reads(self, at: _At, target: ast.Name | ast.arg) -> Values | None:
        """The uses of what a name or a parameter is bound to, once."""
        source = self._source
        found = source.reads_of(target)
        if found is None:
            return None
        owner, name = found.scope, target.id if isinstance(target, ast.Name) else target.arg
        of_module = owner is source.tree
        if of_module and not self._told and not is_own(source, name):
            return None
        loop, begun = source.loop(target), (target.lineno, target.col_offset)
        results = []
        for read in found.reads:
            there = source.scope(read) is owner
            before = there and (read.lineno, read.col_offset) < begun
            again = not there or before or source.loop(read) is not loop
            results.append(
                self.follow(
                    at._replace(
                        node=read, repeated=at.repeated or again, crossed=at.crossed or not there,
                        shared=at.shared or of_module,
                    )
                )
            )  # fmt: skip
        return _of_one(results)

    def _of_attribute(self, at: _At, target: ast.Attribute) -> Values | None:
        """All reads of an attribute of that name, whose ever they are, but for `self` in classes of another family."""
        source, name = self._source, target.attr
        if name in source.functions_named or not (self._told or is_own(source, name)):
            return None
        results = []
        owner = source.class_of(target)
        for node in source.attributes.get(name, ()):
            if _is_of_other_class(source, node, owner):
                continue
            if isinstance(node.ctx, ast.Load):
                if not source.is_of_import(node):
                    results.append(
                        self.follow(at._replace(node=node, repeated=True, crossed=True, shared=True))
                    )  # fmt: skip
            elif node is not target and not _is_emptied(source, node):
                return None
        return _of_one(results)

    def _returned(self, at: _At) -> Values | None:
        source = self._source
        function = source.scope(at.node)
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return None
        yielded = at.path[:1] == (_ITEM,)
        if source.is_generator(function) is not yielded:
            return None
        found = call_sites(source, function, told=self._told)
        if not found.sites:
            return [[]] if self._given else None
        shared = at.shared or found.kept
        results = []
        for site in found.sites:
            node: ast.expr | None = site
            if isinstance(function, ast.AsyncFunctionDef) and not yielded:
                above = source.parent(site)
                node = above if isinstance(above, ast.Await) else None
            if node is None:
                return None
            again = at.repeated or (shared and source.loop(site) is not None)
            results.append(
                self.follow(at._replace(node=node, repeated=again, crossed=True, shared=shared))
            )
        return _of_one(results) if shared else _of_several(results)


def _is_of_other_class(source: Source, node: ast.Attribute, owner: ast.ClassDef | None) -> bool:
    """Whether it is plainly an attribute of `self` in a class that is of no family with another."""
    function, other = source.function(node), source.class_of(node)
    if owner is None or other is None or other is owner or function is None:
        return False
    if source.parent(function) is not other or not is_self_attribute(node, self_name(function)):
        return False
    return owner not in family(source, other)


def _is_emptied(source: Source, node: ast.Attribute) -> bool:
    """Whether it is deleted, or set to None."""
    above = source.parent(node)
    value = above.value if isinstance(above, (ast.Assign, ast.AnnAssign)) else None
    return isinstance(node.ctx, ast.Del) or (
        isinstance(value, ast.Constant) and value.value is None
    )


def _of_several(results: Iterable[Values | None]) -> Values | None:
    found: Values = []
    for each in results:
        if each is None:
            return None
        found += each
    return found


def _of_one(results: list[Values | None]) -> Values | None:
    """All uses as those of one value, where it is read more than once."""
    if len(results) == 1:
        return results[0]
    found = _of_several(results)
    return None if found is None else [[use for value in found for use in value]]
