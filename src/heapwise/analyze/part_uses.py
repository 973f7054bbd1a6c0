"""How a program uses what one attribute of its objects leads to: as a whole, or parts of it alone.

Nothing is known of types: each place that reads an attribute of the name counts.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from heapwise.analyze.kept_at import Name, places_of
from heapwise.analyze.program_source import FUNCTIONS, ProgramSource
from heapwise.analyze.statement import last_name

_OF_TYPE = frozenset(("len", "type", "isinstance", "bool", "id", "callable", "hash"))
_AS_TEXT = frozenset(("str", "repr"))
_INTO = frozenset(("append", "appendleft", "extend", "insert", "clear", "keys"))
_CONSTRUCTORS = ("__init__", "__post_init__", "__attrs_post_init__")
_MOST_NAMES = 2


@dataclass
class Parts:
    """names: of attributes and keys that are read. calls: methods that are called; those with arguments that are no
    constants in `given` as well. slices: names of which nothing but `[start:end]` is read. lines: where. is_made_of:
    whether a constructor reads more of it, to make what it keeps."""

    names: set[str | int] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    slices: set[str] = field(default_factory=set)
    lines: set[int] = field(default_factory=set)
    is_made_of: bool = False


def parts_used(source: ProgramSource, name: str, *, is_key: bool = False) -> Parts | None:
    """What is read of the objects under an attribute (or a key); None where they may be used as they are."""
    if not source.is_known or (source.reads_all_keys if is_key else source.reads_all):
        return None
    if name in source.named or (is_key and not _only_as_key(source, name)):
        return None
    found = Parts()
    places = list(_keys(source, name) if is_key else _attributes(source, name))
    later = places if is_key else [each for each in places if not _in_constructor(source, each)]
    found.is_made_of = len(later) < len(places)
    places = later or places
    known = all(_use(source, each, found, _MOST_NAMES) for each in places)
    found.slices -= {str(each) for each in found.names}
    return found if known else None


def parts_of_items_used(source: ProgramSource, name: str) -> Parts | None:
    """The same of what stands in a list, or under the keys of a dict, which is a local or an attribute of this name."""
    places = [
        each for each in source.of(ast.Name) if each.id == name and isinstance(each.ctx, ast.Load)
    ]
    return _parts_of_items(source, name, places)


def parts_of_items_returned(source: ProgramSource, local: Name) -> Parts | None:
    """The same of a local of a function that returns it to where nobody reads it; locals of others are not it."""
    places = [
        each for each in places_of(source, local)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
        and not source.is_returned(each, local.owner)
    ]  # fmt: skip
    return _parts_of_items(source, local.text, places)


def _parts_of_items(source: ProgramSource, name: str, places: Sequence[ast.expr]) -> Parts | None:
    """places: where it is named, but for attributes."""
    if not source.is_known or source.reads_all or name in source.named:
        return None
    found = Parts()
    known = all(_use_of_list(source, each, found) for each in (*_attributes(source, name), *places))
    found.slices -= {str(each) for each in found.names}
    return found if known else None


def _use_of_list(source: ProgramSource, node: ast.expr, found: Parts) -> bool:
    """Whether items come out of a list one by one, each for parts of it."""
    above = source.above(node)
    if isinstance(above, ast.Attribute):
        call = source.above(above)
        if not isinstance(call, ast.Call) or call.func is not above:
            return False
        if above.attr == "values":
            return _use_of_list(source, call, found)
        if above.attr == "items":
            return _use_of_pairs(source, call, found)
        takes = above.attr in ("pop", "popleft", "get")
        return _use(source, call, found, _MOST_NAMES) if takes else above.attr in _INTO
    if isinstance(above, ast.Subscript) and above.value is node:
        if not isinstance(above.ctx, ast.Load):
            return True
        if isinstance(above.slice, ast.Slice):
            return _use_of_list(source, above, found)
        return _use(source, above, found, _MOST_NAMES)
    if isinstance(above, (ast.For, ast.AsyncFor, ast.comprehension)) and above.iter is node:
        return _use_of_target(source, above, above.target, found)
    if isinstance(above, ast.Call) and isinstance(above.func, ast.Name):
        if above.func.id == "reversed":
            return _use_of_list(source, above, found)
        return above.func.id in ("len", "bool")
    return _tells_only_whether(node, above)


def _use_of_pairs(source: ProgramSource, node: ast.expr, found: Parts) -> bool:
    """The same of `table.items()`: `for key, item in` it."""
    above = source.above(node)
    if not isinstance(above, (ast.For, ast.AsyncFor, ast.comprehension)) or above.iter is not node:
        return False
    pair = above.target.elts if isinstance(above.target, ast.Tuple) else []
    return len(pair) == 2 and _use_of_target(source, above, pair[1], found)


def _use_of_target(
    source: ProgramSource, loop: ast.For | ast.AsyncFor | ast.comprehension, target: ast.expr, found: Parts
) -> bool:  # fmt: skip
    """The same of what a loop gives its items to."""
    around = source.above(loop) if isinstance(loop, ast.comprehension) else None
    scope = around or source.scope_of(loop)
    return isinstance(target, ast.Name) and all(
        _use(source, each, found, _MOST_NAMES) for each in _reads(scope, target.id)
    )


def _attributes(source: ProgramSource, name: str) -> Iterator[ast.expr]:
    for each in source.of(ast.Attribute):
        if each.attr == name and isinstance(each.ctx, ast.Load):
            yield each


def _in_constructor(source: ProgramSource, node: ast.expr) -> bool:
    """Whether it is `self.x` in what makes an instance."""
    scope = source.scope_of(node)
    owner = node.value if isinstance(node, ast.Attribute) else None
    return (
        isinstance(scope, FUNCTIONS) and scope.name in _CONSTRUCTORS and isinstance(owner, ast.Name)
        and [owner.id] == [each.arg for each in scope.args.args[:1]]
    )  # fmt: skip


def _keys(source: ProgramSource, name: str) -> Iterator[ast.expr]:
    for each in source.of(ast.Subscript):
        if isinstance(each.ctx, ast.Load) and _constant(each.slice) == name:
            yield each
    for call in source.of(ast.Call):
        asked = call.args[:1] if last_name(call.func) in ("get", "pop", "setdefault") else ()
        if asked and _constant(asked[0]) == name:
            yield call


def _only_as_key(source: ProgramSource, name: str) -> bool:
    """Whether a text stands nowhere but where it is a key of one mapping."""
    for each in source.of(ast.Constant):
        above = source.above(each)
        if each.value == name and not isinstance(
            above, (ast.Subscript, ast.Call, ast.Dict, ast.Compare)
        ):
            return False
    return True


def _use(source: ProgramSource, node: ast.expr, found: Parts, names_left: int) -> bool:
    """Whether an expression stands where a part of it is taken, or nothing but whether it is there."""
    above = source.above(node)
    found.lines.add(node.lineno)
    if isinstance(above, ast.Attribute):
        _of_attribute(source, above, found)
        return True
    if isinstance(above, ast.Subscript) and above.value is node:
        part = _constant(above.slice)
        if isinstance(above.ctx, ast.Load) and part is not None:
            found.names.add(part)
        return part is not None
    if isinstance(above, ast.Call) and isinstance(above.func, ast.Name) and node in above.args:
        if above.func.id in _AS_TEXT:
            found.calls.add("__str__")
        return above.func.id in _OF_TYPE | _AS_TEXT
    if isinstance(above, ast.FormattedValue):
        found.calls.add("__str__")
        return True
    if isinstance(above, ast.Assign) and len(above.targets) == 1 and names_left:
        return _named(source, above, found, names_left - 1)
    return _tells_only_whether(node, above)


def _tells_only_whether(node: ast.expr, above: ast.AST | None) -> bool:
    """Whether an expression stands where only its being there counts, or nothing at all."""
    if isinstance(above, ast.Compare):
        others = (above.left, *above.comparators)
        return all(each is node or _is_none(each) for each in others)
    if isinstance(above, (ast.If, ast.While, ast.IfExp, ast.Assert)):
        return above.test is node
    if isinstance(above, ast.comprehension):
        return node in above.ifs
    return isinstance(above, (ast.Expr, ast.Delete)) or (
        isinstance(above, ast.UnaryOp) and isinstance(above.op, ast.Not)
    )


def _of_attribute(source: ProgramSource, node: ast.Attribute, found: Parts) -> None:
    call = source.above(node)
    if isinstance(call, ast.Call) and call.func is node:
        found.calls.add(node.attr)
        given = (*call.args, *(each.value for each in call.keywords))
        if not all(isinstance(each, ast.Constant) for each in given):
            found.given.add(node.attr)
    elif isinstance(node.ctx, ast.Load):
        (found.slices if _is_sliced(node, call) else found.names).add(node.attr)


def _is_sliced(node: ast.expr, above: ast.AST | None) -> bool:
    """Whether `[start:end]` of it is taken."""
    part = above.slice if isinstance(above, ast.Subscript) and above.value is node else None
    return isinstance(part, ast.Slice) and part.lower is not None and part.upper is not None


def _named(source: ProgramSource, node: ast.Assign, found: Parts, names_left: int) -> bool:
    """The same of a local name that the expression gets."""
    [target] = node.targets
    scope = source.scope_of(node)
    if not isinstance(target, ast.Name) or isinstance(scope, ast.Module):
        return False
    return all(_use(source, each, found, names_left) for each in _reads(scope, target.id))


def _reads(scope: ast.AST, name: str) -> Iterator[ast.Name]:
    """The places of a scope that read a name."""
    for each in ast.walk(scope):
        if isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Load):
            yield each


def read_by_method(
    source: ProgramSource, classes: Collection[str], method: str
) -> frozenset[str] | None:
    """The attributes of `self` that a method of classes of the program reads, itself and by others of these classes;
    None where it is none of theirs, or gives `self` away."""
    methods = {
        each.name: each
        for name in classes for found in source.classes.get(name, ()) for each in found.body
        if isinstance(each, FUNCTIONS)
    }  # fmt: skip
    names: set[str] = set()
    waiting, seen = [method], set()
    if method not in methods:
        return None
    while waiting:
        current = methods[waiting.pop()]
        seen.add(current.name)
        own = _read_of_self(source, current)
        if own is None:
            return None
        names |= own
        waiting += [each for each in own if each in methods and each not in seen]
    return frozenset(names)


def offered(
    source: ProgramSource, classes: Collection[str], asked: Collection[str]
) -> frozenset[str]:
    """The attributes of `self` that public methods which are not asked for give out, or what a call without
    arguments makes of them (`self.text.getvalue()`): they are for others."""
    names: set[str] = set()
    for method in (
        each for name in classes for found in source.classes.get(name, ()) for each in found.body
        if isinstance(each, FUNCTIONS) and not each.name.startswith("_") and each.name not in asked
    ):  # fmt: skip
        itself = method.args.args[0].arg if method.args.args else None
        for each in ast.walk(method):
            value = each.value if isinstance(each, ast.Return) else None
            if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
                value = None if value.args or value.keywords else value.func.value
            if isinstance(value, ast.Attribute) and last_name(value.value) == itself:
                names.add(value.attr)
    return frozenset(names)


def _read_of_self(
    source: ProgramSource, method: ast.FunctionDef | ast.AsyncFunctionDef
) -> set[str] | None:
    if not method.args.args:
        return set()
    itself = method.args.args[0].arg
    names: set[str] = set()
    for each in ast.walk(method):
        if (
            isinstance(each, ast.Call)
            and isinstance(each.func, ast.Name)
            and each.func.id == "super"
        ):
            return None
        if isinstance(each, ast.Name) and each.id == itself:
            above = source.above(each)
            if not isinstance(above, ast.Attribute):
                return None
            names.add(above.attr)
    return names


def _constant(node: ast.expr) -> str | int | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -1 if isinstance(node.operand, ast.Constant) else None
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, (str, int)) else None


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
