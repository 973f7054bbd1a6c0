"""Which statements of a program put an object where it is kept: by the names on its path, and the source."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.model.heap_tables import EDGE_KINDS, NO_NODE
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame

_ATTRIBUTE, _KEY, _LOCAL, _INTERNAL = (
    EDGE_KINDS.index(kind) for kind in ("attribute", "key", "local", "internal")
)
FILLS = frozenset((
    "append", "appendleft", "add", "insert", "extend", "extendleft", "put", "put_nowait", "update", "setdefault",
    "enter_context", "enter_async_context",
))  # fmt: skip
FILLS_ITS_FIRST = frozenset(("heappush", "insort", "insort_left", "insort_right", "setitem"))
LEADS_ON = frozenset(("get", "setdefault", "pop", "values", "items"))
_TAKES = frozenset(
    ("pop", "popleft", "popitem", "remove", "discard", "clear", "sort", "close", "delete")
)
_MOST_LINES, _MOST_STEPS, _DEPTH = 3, 64, 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the path to an object. text: of the attribute, the global or the local. owner: the class or the module
    that has it, or the function. kind: `attribute`, `class attribute`, `global` or `local`. steps: from what it leads
    to down to the object; 0 where it is the object itself."""

    text: str
    owner: str
    kind: str
    steps: int


def names_above(snapshot: Snapshot, node: int) -> Iterator[Name]:
    """The names on the shortest path to an object, the innermost first."""
    parents, edges = snapshot.parents
    kinds, names = snapshot.edges("kind"), snapshot.edges("name")
    for steps in range(_MOST_STEPS):
        above, edge = parents[node], edges[node]
        if above == NO_NODE:
            return
        kind, text = kinds[edge], snapshot.text(names[edge])
        if kind == _LOCAL or snapshot.type_of(above) == "<frame>":  # a comprehension's
            yield Name(text, snapshot.labels.get(above, ""), "local", steps)
        elif kind == _ATTRIBUTE:
            yield _attribute(snapshot, text, above, steps)
        elif kind == _KEY and above in snapshot.namespaces:
            yield Name(text, snapshot.namespaces[above], "global", steps)
        elif kind == _KEY and edges[above] != NO_NODE and kinds[edges[above]] == _INTERNAL:
            yield _attribute(snapshot, text, parents[above], steps)
        node = above


def own_name(snapshot: Snapshot, node: int) -> Name | None:
    """The name that leads straight to an object; None where the innermost one leads to what it is in."""
    name = next(names_above(snapshot, node), None)
    return name if name is not None and not name.steps else None


def _attribute(snapshot: Snapshot, text: str, owner: int, steps: int) -> Name:
    if owner in snapshot.type_nodes:
        return Name(text, snapshot.labels.get(owner, ""), "class attribute", steps)
    return Name(text, snapshot.type_of(owner), "attribute", steps)


def kept_at(snapshot: Snapshot, nodes: Iterable[int], *, inside: bool = False) -> Sequence[Frame]:
    """The statements that put objects where they are kept, at most three. inside: where what is in them is put."""
    source = program_source(snapshot)
    found: dict[Frame, None] = {}
    known: dict[tuple[Name, bool], _Said] = {}  # many objects are kept under one name
    for node in nodes:
        made: list[Frame] = []
        for name in names_above(snapshot, node):
            key = replace(name, steps=0), inside or name.steps > 0
            if key not in known:
                known[key] = _statements(source, name, inside=key[1])
            said = known[key]
            if said.at and not made and not name.steps and _is_of_library(source, name):
                made = said.at  # what fills the object of a library tells more
                continue
            if made or said.at:
                found |= dict.fromkeys(said.at if said.fills or not made else made)
                break
        else:
            found |= dict.fromkeys(made)
    return list(found)[:_MOST_LINES]


class _Said(NamedTuple):
    """Statements about a name; fills: whether they put something in, rather than bind it."""

    at: list[Frame]
    fills: bool = False


def _is_of_library(source: ProgramSource, name: Name) -> bool:
    """Whether it is an attribute of an object of a library."""
    owner = name.owner.rpartition(".")[2].removesuffix("()")
    return name.kind == "attribute" and owner not in source.classes


def _statements(source: ProgramSource, name: Name, *, inside: bool) -> _Said:
    """Where the program fills or binds a name; nothing where it is not the program's own."""
    owner = name.owner.rpartition(".")[2].removesuffix("()")
    places = places_of(source, name)
    if inside and (fills := _filled(source, places, _DEPTH)):
        return _Said([_line(source, each) for each in fills], fills=True)
    found = [each for each in places if isinstance(each.ctx, ast.Store)]  # type: ignore[attr-defined]
    if inside:
        found = [each for each in found if _is_made_there(source, each)]
    found = [each for each in found if not _binds_constant(source, each)] or found
    if name.kind.endswith("attribute"):
        found = [
            each for each in found
            if _in_class(source, each, owner) or (isinstance(each, ast.Attribute) and last_name(each.value) == owner)
        ]  # fmt: skip
        found = found or [
            each.func for each in source.of(ast.Call) if last_name(each.func) == owner
        ]
    return _Said([_line(source, each) for each in found])


def places_of(source: ProgramSource, name: Name) -> list[ast.expr]:
    """Where the program names it; nothing where it is not the program's own."""
    owner = name.owner.rpartition(".")[2].removesuffix("()")
    if name.kind.endswith("attribute"):
        if owner not in source.classes:
            return []
        places: list[ast.expr] = [
            each for each in source.of(ast.Attribute)
            if each.attr == name.text and not source.is_of_library(each.value)
            and not source.is_of_stranger(each, owner, of_instance=name.kind == "attribute")
        ]  # fmt: skip
        if name.kind == "class attribute":
            bodies = [each.body for each in source.classes[owner]]
            places += [
                target for body in bodies for each in body if isinstance(each, ast.Assign)
                for target in each.targets if isinstance(target, ast.Name) and target.id == name.text
            ]  # fmt: skip
        return places
    named = [each for each in source.of(ast.Name) if each.id == name.text]
    if name.kind == "local":
        return [each for each in named if _is_of_function(source, each, owner)]
    return [each for each in named if not _is_local(source, each)]


def _filled(source: ProgramSource, places: Iterable[ast.expr], depth: int) -> list[ast.expr]:
    """Of places of a name those that put something in; where it is bound to what a function gives, those there."""
    listed = list(places)
    found = [each for each in listed if _is_filled(source, each)]
    if found or not depth:
        return found
    for function in (each for place in listed for each in _given_by(source, place)):
        inner = list(ast.walk(function))
        given = {
            each.value.id for each in inner
            if isinstance(each, ast.Return) and isinstance(each.value, ast.Name)
        }  # fmt: skip
        names = (each for each in inner if isinstance(each, ast.Name) and each.id in given)
        found += _filled(source, names, depth - 1)
    return found


def _binds_constant(source: ProgramSource, place: ast.expr) -> bool:
    """Whether a name is bound to a number, a text or None there: `self.last = None`, `self.a, self.b = None, 0`."""
    above = source.above(place)
    if isinstance(above, ast.Tuple):
        outer = source.above(above)
        value = outer.value if isinstance(outer, ast.Assign) else None
        parts = value.elts if isinstance(value, ast.Tuple) else []
        at = next(i for i, each in enumerate(above.elts) if each is place)
        return at < len(parts) and isinstance(parts[at], ast.Constant)
    return isinstance(above, (ast.Assign, ast.AnnAssign)) and isinstance(above.value, ast.Constant)


def _is_made_there(source: ProgramSource, place: ast.expr) -> bool:
    """Whether what a name is bound to is made in that statement, as far as it tells; not in another function."""
    above = source.above(place)
    value = above.value if isinstance(above, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) else None
    if isinstance(value, ast.Call):
        return bool(last_name(value.func)) and not _given_by(source, place)
    return not isinstance(value, (ast.Name, ast.Attribute, ast.Subscript, ast.Constant))


def _given_by(source: ProgramSource, place: ast.expr) -> Sequence[ast.AST]:
    """The program's own functions whose result a name is bound to."""
    above = source.above(place)
    if not isinstance(above, ast.Assign) or not isinstance(above.value, ast.Call):
        return ()
    called = last_name(above.value.func)
    return [each for each in source.functions if each.name == called]


def _is_filled(source: ProgramSource, node: ast.AST) -> bool:
    """Whether something is put into what a name leads to: `x.append(v)`, `x[k] = v`, `x[k].add(v)`; or handed to a
    method that gives nothing."""
    above = source.above(node)
    if isinstance(above, ast.Subscript) and above.value is node:
        return isinstance(above.ctx, ast.Store) or _is_filled(source, above)
    if isinstance(above, ast.Attribute):
        call = source.above(above)
        if not isinstance(call, ast.Call) or call.func is not above:
            return False
        if above.attr in FILLS or (above.attr in LEADS_ON and _is_filled(source, call)):
            return True
        takes = above.attr in _TAKES or not call.args
        return not takes and isinstance(source.above(call), ast.Expr)
    if isinstance(above, ast.AugAssign):
        return above.target is node
    return (
        isinstance(above, ast.Call)
        and last_name(above.func) in FILLS_ITS_FIRST
        and above.args[:1] == [node]
    )


def _is_local(source: ProgramSource, name: ast.expr) -> bool:
    """Whether a name is one of the function that it stands in."""
    scope = source.scope_of(name)
    if not isinstance(scope, (*FUNCTIONS, ast.Lambda)):
        return False
    return binds(scope, last_name(name))


def _in_class(source: ProgramSource, node: ast.AST, owner: str) -> bool:
    """Whether a place stands in the class of that name."""
    above = source.above(node)
    while above is not None:
        if isinstance(above, ast.ClassDef) and above.name == owner:
            return True
        above = source.above(above)
    return False


def _function_of(source: ProgramSource, node: ast.AST) -> str:
    scope = source.scope_of(node)
    while isinstance(scope, ast.Lambda):
        scope = source.scope_of(scope)
    return scope.name if isinstance(scope, FUNCTIONS) else "<module>"


def _is_of_function(source: ProgramSource, name: ast.Name, owner: str) -> bool:
    """Whether a name is that of a function: it stands there, or in one inside that does not bind it."""
    if owner == "<module>":
        return _function_of(source, name) == owner
    scope = source.scope_of(name)
    while isinstance(scope, (*FUNCTIONS, ast.Lambda)):
        if isinstance(scope, FUNCTIONS) and scope.name == owner:
            return True
        if binds(scope, name.id):
            return False
        scope = source.scope_of(scope)
    return False


def binds(scope: ast.AST, name: str) -> bool:
    """Whether a function binds a name itself."""
    inside = list(ast.walk(scope))
    if any(isinstance(each, (ast.Global, ast.Nonlocal)) and name in each.names for each in inside):
        return False
    return any(
        (isinstance(each, ast.arg) and each.arg == name)
        or (isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Store))
        for each in inside
    )


def _line(source: ProgramSource, node: ast.expr) -> Frame:
    return Frame(_function_of(source, node), source.file_of(node), node.lineno)
