"""Lists and dicts that only grow, and where what was put into them is read again."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from heapwise.lint.growing import attributes
from heapwise.lint.single_use import used_at
from heapwise.lint.source import Source, is_self_attribute

_EMPTY = {"list", "dict", "collections.defaultdict", "collections.OrderedDict"}


@dataclass(frozen=True)
class History:
    """name: as it is written. place: one expression that names it. at: where in each item the value stands, by its
    number in a tuple or its key; None for items that are the values. is_private: nobody outside can see it."""

    source: Source
    name: str
    place: ast.expr
    at: int | str | None
    is_private: bool

    def uses(self) -> list[ast.expr] | None:
        """Where values are read again; None where that is not plain to see, or some are taken out."""
        found: list[ast.expr] = []
        bound = 0
        if isinstance(self.place, ast.Name) and self._is_shared(self.place):
            return None
        for place in self._places():
            if isinstance(getattr(place, "ctx", None), ast.Load):
                read = self._of(place)
                if read is None:
                    return None
                found += read
            elif not _begins(self.source, place):
                return None
            else:
                bound += 1
        return found if bound == 1 else None

    def _is_shared(self, place: ast.Name) -> bool:
        """Whether a name is not the function's own."""
        scope = self.source.function(place) or self.source.tree
        return any(
            isinstance(n, (ast.Global, ast.Nonlocal)) and place.id in n.names
            for n in ast.walk(scope)
        )

    def _places(self) -> list[ast.expr]:
        if isinstance(self.place, ast.Attribute):
            name = self.place.attr
            return [node for node in self.source.of(ast.Attribute) if node.attr == name]
        scope = self.source.function(self.place) or self.source.tree
        name = self.place.id  # type: ignore[attr-defined]
        return [node for node in ast.walk(scope) if isinstance(node, ast.Name) and node.id == name]

    def _of(self, place: ast.expr) -> list[ast.expr] | None:
        """The values that one reading of the history gives."""
        source, above = self.source, self.source.parent(place)
        if isinstance(above, ast.Attribute):
            call = source.parent(above)
            if not isinstance(call, ast.Call) or call.func is not above:
                return None
            if above.attr == "append":
                return []
            if above.attr == "values" and not call.args:
                return self._iterated(call)
            return self._iterated(call, counted=True) if above.attr == "items" else None
        if isinstance(above, ast.Subscript) and above.value is place:
            if isinstance(above.ctx, ast.Store):
                return []
            whole = isinstance(above.slice, ast.Slice) or isinstance(above.ctx, ast.Del)
            return None if whole else self._inside(above)
        if isinstance(above, ast.Call) and source.dotted(above.func) in ("len", "bool"):
            return []
        if isinstance(above, (ast.If, ast.While)) and above.test is place:
            return []
        if isinstance(above, ast.UnaryOp):
            return []
        if isinstance(above, ast.Call) and source.dotted(above.func) in ("enumerate", "reversed"):
            return self._iterated(above, counted=source.dotted(above.func) == "enumerate")
        return self._iterated(place)

    def _iterated(self, iterated: ast.expr, *, counted: bool = False) -> list[ast.expr] | None:
        """The values that a loop over it gives. counted: as the second of pairs."""
        loop = self.source.parent(iterated)
        if not isinstance(loop, (ast.For, ast.comprehension)) or loop.iter is not iterated:
            return None
        target: ast.expr = loop.target
        if counted:
            if not isinstance(target, ast.Tuple) or len(target.elts) != 2:
                return None
            target = target.elts[1]
        if isinstance(target, ast.Name):
            return self._named(loop, target.id, inside=True)
        at = self.at
        if not isinstance(target, ast.Tuple) or not isinstance(at, int) or at >= len(target.elts):
            return None
        value = target.elts[at]
        if any(isinstance(each, ast.Starred) for each in target.elts) or not isinstance(
            value, ast.Name
        ):
            return None
        return self._named(loop, value.id, inside=False)

    def _named(
        self, loop: ast.For | ast.comprehension, name: str, *, inside: bool
    ) -> list[ast.expr] | None:
        """The values by the name that a loop gives them; inside: the name is of items."""
        scope = self.source.function(loop) or self.source.tree
        found: list[ast.expr] = []
        for node in ast.walk(scope):
            if (
                not isinstance(node, ast.Name)
                or node.id != name
                or not isinstance(node.ctx, ast.Load)
            ):
                continue
            read = self._inside(node) if inside else [node]
            if read is None:
                return None
            found += read
        return found

    def _inside(self, item: ast.expr) -> list[ast.expr] | None:
        """The value in an item that is read."""
        if self.at is None:
            return [item]
        part = self.source.parent(item)
        if (
            not isinstance(part, ast.Subscript)
            or part.value is not item
            or not isinstance(part.ctx, ast.Load)
        ):
            return None
        index = part.slice
        if isinstance(index, ast.UnaryOp) or not isinstance(index, ast.Constant):
            return None
        return [part] if index.value == self.at else []


def histories(source: Source, value: ast.expr) -> Iterator[History]:
    """The list or dict that a value is put into, again and again, itself or by its one name."""
    use = used_at(source, value)
    if use is None:
        return
    at: int | str | None = None
    item, above = use, source.parent(use)
    if isinstance(above, ast.Tuple):
        at, item = above.elts.index(use), above
    elif isinstance(above, ast.Dict):
        key = above.keys[above.values.index(use)] if use in above.values else None
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            return
        at, item = key.value, above
    place = _container(source, item)
    if (
        isinstance(place, ast.Name)
        and source.function(place) is not None
        and source.loop(item) is not None
    ):
        yield History(source, place.id, place, at, is_private=True)
    elif isinstance(place, ast.Attribute) and is_self_attribute(place):
        function, owner = source.function(place), source.class_of(place)
        if function is not None and owner is not None and function.name != "__init__":
            private = place.attr.startswith("_") or "__main__" in source.text
            if attributes(source, owner, place.attr):
                yield History(source, f"self.{place.attr}", place, at, is_private=private)


def _container(source: Source, item: ast.expr) -> ast.expr | None:
    above = source.parent(item)
    if (
        isinstance(above, ast.Call)
        and above.args == [item]
        and isinstance(above.func, ast.Attribute)
    ):
        return above.func.value if above.func.attr == "append" else None
    if isinstance(above, ast.Assign) and above.value is item and len(above.targets) == 1:
        target = above.targets[0]
        return target.value if isinstance(target, ast.Subscript) else None
    return None


def _begins(source: Source, place: ast.expr) -> bool:
    """Whether a list or dict begins empty there, outside of any loop; an attribute in `__init__`."""
    statement, function = source.statement(place), source.function(place)
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or source.loop(place) is not None:
        return False
    if isinstance(place, ast.Attribute) and getattr(function, "name", "") != "__init__":
        return False
    value = statement.value
    bare = (isinstance(value, ast.List) and not value.elts) or (
        isinstance(value, ast.Dict) and not value.keys
    )
    return bare or source.called(value) in _EMPTY
