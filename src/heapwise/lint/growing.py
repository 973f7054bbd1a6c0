"""Containers that live as long as the program or an object: what is put in, and whether it ever goes out."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from heapwise.lint.source import FUNCTIONS, Source, is_self_attribute

MAKERS = {
    "dict", "list", "set", "collections.defaultdict", "collections.OrderedDict", "collections.deque",
}  # fmt: skip
FILLS = {"append", "add", "appendleft", "extend", "insert", "update", "setdefault"}
_OUT = {"pop", "popitem", "popleft", "clear", "remove", "discard", "difference_update", "subtract"}


@dataclass
class Uses:
    """grows: the nodes that put something in. shrinks: something takes out, or bounds it. escapes: it is
    handed to where uses are not seen."""

    grows: list[ast.AST] = field(default_factory=list)
    shrinks: bool = False
    escapes: bool = False


def is_container(source: Source, value: ast.AST | None) -> bool:
    """Whether an expression makes a container without a bound."""
    if isinstance(value, (ast.Dict, ast.List, ast.Set)):
        return True
    if isinstance(value, ast.Call) and source.dotted(value.func) in MAKERS:
        return not any(each.arg == "maxlen" for each in value.keywords)
    return False


def uses_of(source: Source, places: list[ast.expr]) -> Uses:
    """What is done with a container; places: where it is named."""
    found = Uses()
    for place in places:
        _look(source, place, found)
    return found


def attributes(source: Source, owner: ast.ClassDef, name: str) -> list[ast.expr]:
    """Where `self.name` stands in a class."""
    return [
        node for node in source.of(ast.Attribute)
        if node.attr == name and is_self_attribute(node) and source.class_of(node) is owner
    ]  # fmt: skip


def _look(source: Source, place: ast.expr, found: Uses) -> None:
    above = source.parent(place)
    in_function = source.function(place) is not None
    if isinstance(above, ast.Attribute):
        call = source.parent(above)
        if isinstance(call, ast.Call) and call.func is above:
            if above.attr in FILLS:
                found.grows.append(call)
            found.shrinks |= above.attr in _OUT
        elif above.attr in FILLS | _OUT:  # a bound method is handed on
            found.escapes = True
    elif isinstance(above, ast.Subscript) and above.value is place:
        if isinstance(above.ctx, ast.Store) and not isinstance(above.slice, ast.Slice):
            found.grows.append(above)
        found.shrinks |= isinstance(above.ctx, ast.Del) or (
            isinstance(above.ctx, ast.Store) and isinstance(above.slice, ast.Slice)
        )
    elif isinstance(getattr(place, "ctx", None), ast.Store):
        function = source.function(place)
        found.shrinks |= in_function and getattr(function, "name", "") != "__init__"
    elif isinstance(getattr(place, "ctx", None), ast.Del):
        found.shrinks = True
    elif isinstance(above, ast.Call) and source.dotted(above.func) == "len":
        found.shrinks |= isinstance(source.parent(above), (ast.Compare, ast.Assign))
    elif isinstance(above, (ast.Call, ast.Return, ast.Assign, ast.Starred, ast.keyword, ast.Yield)):
        reads = {
            "list",
            "tuple",
            "sorted",
            "iter",
            "str",
            "repr",
            "sum",
            "max",
            "min",
            "print",
            "any",
            "all",
            "bool",
        }
        found.escapes |= not (isinstance(above, ast.Call) and source.dotted(above.func) in reads)


def module_names(source: Source) -> dict[str, ast.stmt]:
    """Containers that the module's body binds to a name -> where."""
    found: dict[str, ast.stmt] = {}
    for statement in source.tree.body:
        targets: list[ast.expr] = []
        if isinstance(statement, ast.Assign):
            targets = statement.targets
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets = [statement.target]
        else:
            continue
        for target in targets:
            if isinstance(target, ast.Name) and is_container(source, statement.value):
                found[target.id] = statement
    return found


def named(source: Source, name: str) -> list[ast.expr]:
    """Where a module's name stands, but for functions that have a local one of that name."""
    names = (node for node in source.of(ast.Name) if node.id == name)
    return [node for node in names if not _is_local(source, node)]


def _is_local(source: Source, node: ast.Name) -> bool:
    """Whether the function around a name binds it itself."""
    function = source.function(node)
    if function is None:
        return False
    a = function.args
    if any(each.arg == node.id for each in (*a.posonlyargs, *a.args, *a.kwonlyargs)):
        return True
    stored = False
    for each in ast.walk(function):
        if isinstance(each, ast.Global) and node.id in each.names:
            return False
        if isinstance(each, ast.Name) and each.id == node.id and isinstance(each.ctx, ast.Store):
            stored = True
        if isinstance(each, FUNCTIONS) and each is not function:
            continue
    return stored
