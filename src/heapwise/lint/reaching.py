"""Which bindings of a name reach which reads of it, in a scope that binds the name several times.

The statements are gone through in order, with the bindings that the name may have there; loops twice, so that what a
turn binds reaches the next one; the handlers of a `try` with all that its body may have bound. Source: the reaching
definitions of data-flow analysis.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence

Bound = frozenset[ast.AST]
_NONE: Bound = frozenset()
_LATER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def reaching(
    scope: ast.AST, name: str, binders: Sequence[ast.AST]
) -> Mapping[ast.Name, Bound] | None:
    """Each read of a name in a scope -> those of its bindings that it may see; None where the name is bound by other
    statements than plain ones, read by functions that are called later, or added to in place."""
    if not all(isinstance(each, (ast.Name, ast.arg)) for each in binders):
        return None
    if isinstance(scope, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef)):
        flow = _Flow(name)
        flow.block(scope.body, frozenset(each for each in binders if isinstance(each, ast.arg)))
        return flow.found if flow.is_plain else None
    return None


class _Flow:
    """One walk through a scope, for one name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._breaks: list[Bound] = []
        self._continues: list[Bound] = []
        self.found: dict[ast.Name, Bound] = {}
        self.is_plain = True

    def block(self, body: Iterable[ast.stmt], now: Bound) -> Bound:
        """Goes through statements; the bindings after them."""
        for each in body:
            now = self._statement(each, now)
        return now

    def _statement(self, node: ast.stmt, now: Bound) -> Bound:
        if isinstance(node, ast.If):
            now = self._reads(node.test, now)
            return self.block(node.body, now) | self.block(node.orelse, now)
        if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            return self._loop(node, now)
        if isinstance(node, (ast.Try, ast.TryStar)):
            return self._attempt(node, now)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                now = self._reads(item.context_expr, now)
                now = self._binds(item.optional_vars, now)
            return self.block(node.body, now)
        if isinstance(node, ast.Match):
            now = self._reads(node.subject, now)
            after = now
            for case in node.cases:
                after |= self.block(case.body, self._reads(case.guard, now))
            return after
        return self._simple(node, now)

    def _simple(self, node: ast.stmt, now: Bound) -> Bound:
        """A statement without others in it."""
        if isinstance(node, _LATER):
            self._later(node)
            return now
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            now = self._reads(node.value, now)
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                now = self._binds(target, now)
            return now
        if isinstance(node, (ast.AugAssign, ast.Delete)):
            targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
            self.is_plain &= not any(self._is_named(each) for each in targets)
        now = self._reads(node, now)
        if isinstance(node, (ast.Break, ast.Continue)):
            (self._breaks if isinstance(node, ast.Break) else self._continues).append(now)
        gone = isinstance(node, (ast.Return, ast.Raise, ast.Break, ast.Continue))
        return _NONE if gone else now

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, now: Bound) -> Bound:
        outer = self._breaks, self._continues
        self._breaks, self._continues = [], []
        if not isinstance(node, ast.While):
            now = self._reads(node.iter, now)
        for _ in range(2):
            now = now.union(self.block(node.body, self._turn(node, now)), *self._continues)
        if isinstance(node, ast.While):
            now = self._reads(node.test, now)
        left, (self._breaks, self._continues) = self._breaks, outer
        return self.block(node.orelse, now).union(*left)

    def _turn(self, node: ast.For | ast.AsyncFor | ast.While, now: Bound) -> Bound:
        """What a turn of a loop begins with."""
        if isinstance(node, ast.While):
            return self._reads(node.test, now)
        return self._binds(node.target, now)

    def _attempt(self, node: ast.Try | ast.TryStar, now: Bound) -> Bound:
        left = len(self._breaks), len(self._continues)
        done = self.block(node.body, now)
        made = now | self._bound_in(node.body)
        ends = [self.block(node.orelse, done)]
        ends += (self.block(each.body, self._reads(each.type, made)) for each in node.handlers)
        after = _NONE.union(*ends)
        if not node.finalbody:
            return after
        inside = [*node.orelse, *(each for handler in node.handlers for each in handler.body)]
        self.block(node.finalbody, after | made | self._bound_in(inside))
        for leaving, first in zip((self._breaks, self._continues), left, strict=True):
            leaving[first:] = [self.block(node.finalbody, each) for each in leaving[first:]]
        return self.block(node.finalbody, after)

    def _bound_in(self, body: Iterable[ast.stmt]) -> Bound:
        return frozenset(
            each for node in body for each in ast.walk(node)
            if isinstance(each, ast.Name) and each.id == self._name and isinstance(each.ctx, ast.Store)
        )  # fmt: skip

    def _binds(self, target: ast.AST | None, now: Bound) -> Bound:
        """The bindings after one to a target."""
        now = self._reads(target, now)
        if target is None:
            return now
        own = [each for each in _names(target) if each.id == self._name]
        return frozenset(own) if own else now

    def _is_named(self, target: ast.expr) -> bool:
        return isinstance(target, ast.Name) and target.id == self._name

    def _reads(self, node: ast.AST | None, now: Bound) -> Bound:
        """Notes what an expression reads; the bindings stay what they are."""
        if node is None:
            return now
        if isinstance(node, _LATER):
            self._later(node)
            return now
        if isinstance(node, ast.GeneratorExp):
            self._generator(node, now)
            return now
        if isinstance(node, _COMPREHENSIONS):
            self._comprehension(node, now)
            return now
        if isinstance(node, ast.NamedExpr) and self._is_named(node.target):
            self.is_plain = False
        if isinstance(node, ast.Name) and node.id == self._name and isinstance(node.ctx, ast.Load):
            self.found[node] = self.found.get(node, _NONE) | now
        for each in ast.iter_child_nodes(node):
            self._reads(each, now)
        return now

    def _generator(self, node: ast.GeneratorExp, now: Bound) -> None:
        """All but its first iterable is looked at later, where the name may be bound anew."""
        first, *others = node.generators
        if any(name.id == self._name for name in _names(first.target)):
            self._comprehension(node, now)
            return
        self._reads(first.iter, now)
        for each in (*first.ifs, *others, node.elt):
            self._later(each)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, now: Bound
    ) -> None:
        """What it binds is seen in it alone."""
        for each in node.generators:
            self._reads(each.iter, now)
            if any(name.id == self._name for name in _names(each.target)):
                now = frozenset(n for n in _names(each.target) if n.id == self._name)
            for test in each.ifs:
                self._reads(test, now)
        values = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        for value in values:
            self._reads(value, now)

    def _later(self, node: ast.AST) -> None:
        """What is run later, and names it, sees what is bound then."""
        self.is_plain &= not any(
            isinstance(each, ast.Name) and each.id == self._name for each in ast.walk(node)
        )


def _names(target: ast.AST) -> Iterator[ast.Name]:
    """The names that a target binds."""
    if isinstance(target, ast.Name):
        yield target
    elif isinstance(target, (ast.Tuple, ast.List)):
        for each in target.elts:
            yield from _names(each)
    elif isinstance(target, ast.Starred):
        yield from _names(target.value)
