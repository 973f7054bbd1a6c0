"""Iterables: what is read once, what reads to the end, and what a name stands for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from heapwise.analyze.statement import last_name
from heapwise.lint.calls import called_function, parameter_of
from heapwise.lint.consumers import consumes
from heapwise.lint.source import COMPREHENSIONS, Source, names_in

REDUCES = {"sum", "any", "all", "min", "max", "math.fsum"}
"""Calls that read an iterable once and keep no list of it."""
_GATHERING = {
    "set", "frozenset", "list", "tuple", "sorted", "dict", "collections.OrderedDict", "collections.deque",
    "statistics.mean", "statistics.fmean", "statistics.median", "numpy.fromiter",
}  # fmt: skip
_ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def followed(source: Source, node: ast.expr, depth: int = 4) -> ast.expr:
    """Where an expression is read: itself, or, where it is given to a function of the module that names it once, the
    place where that one does."""
    call = source.parent(node)
    if not depth or not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return node
    named = [each for each in source.functions if each.name == call.func.id]
    if len(named) != 1 or isinstance(named[0], ast.AsyncFunctionDef) or named[0].decorator_list:
        return node
    [function] = named
    taken = [*function.args.posonlyargs, *function.args.args]
    at = call.args.index(node) if node in call.args else len(taken)
    if at >= len(taken) or any(isinstance(each, ast.Starred) for each in call.args):
        return node
    places = [
        n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == taken[at].arg
    ]  # fmt: skip
    if len(places) != 1 or source.function(places[0]) is not function or source.loop(places[0]):
        return node
    return followed(source, places[0], depth - 1)


def reads_once(source: Source, node: ast.expr) -> bool:
    """Whether an expression stands where an iterable is read once, item by item."""
    node = followed(source, node)
    above = source.parent(node)
    if isinstance(above, (ast.For, ast.AsyncFor)):
        return above.iter is node
    if isinstance(above, ast.comprehension):
        # An inner loop reads it once for each turn of the outer.
        outer = source.parent(above)
        return (
            above.iter is node
            and isinstance(outer, COMPREHENSIONS)
            and outer.generators[0] is above
        )
    return reduces(source, node)


def reduces(source: Source, node: ast.expr) -> bool:
    """Whether it is the first argument of a call that reads it once and keeps nothing of it."""
    above = source.parent(node)
    return (
        isinstance(above, ast.Call)
        and above.args == [node]
        and source.dotted(above.func) in REDUCES
    )


def makes_list(source: Source, value: ast.AST | None) -> bool:
    """Whether an expression builds a list item by item."""
    if any(isinstance(n, (ast.Await, ast.NamedExpr)) for n in ast.walk(value or ast.Pass())):
        return False
    if isinstance(value, ast.ListComp):
        return not any(each.is_async for each in value.generators)
    return (
        isinstance(value, ast.Call)
        and source.dotted(value.func) == "list"
        and len(value.args) == 1
        and isinstance(value.args[0], ast.GeneratorExp)
    )


def called_for(value: ast.AST | None) -> tuple[str, ...]:
    """The functions that make what a comprehension walks over: their work is no part of its items."""
    inner = value.args[0] if isinstance(value, ast.Call) and value.args else value
    if not isinstance(inner, (ast.ListComp, ast.GeneratorExp)):
        return ()
    calls = [n for n in ast.walk(inner.generators[0].iter) if isinstance(n, ast.Call)]
    names = {
        c.func.attr if isinstance(c.func, ast.Attribute) else getattr(c.func, "id", "")
        for c in calls
    }
    inside = {
        c.func.attr if isinstance(c.func, ast.Attribute) else getattr(c.func, "id", "")
        for c in ast.walk(inner.elt) if isinstance(c, ast.Call)
    }  # fmt: skip
    return tuple(sorted(names - inside - {""}))


def as_generator(node: Any) -> Any:
    """`[f(x) for x in y]` or `list(...)` as a generator expression."""
    import libcst as cst

    if isinstance(node, cst.ListComp):
        opened = cst.LeftParen(whitespace_after=node.lbracket.whitespace_after)
        closed = cst.RightParen(whitespace_before=node.rbracket.whitespace_before)
        return cst.GeneratorExp(node.elt, node.for_in, lpar=[opened], rpar=[closed])
    inner = node.args[0].value
    return (
        inner if inner.lpar else inner.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    )


def files(source: Source) -> dict[tuple[ast.AST, str], bool]:
    """(function or module, name) -> whether it is binary: names that are bound to open files of one mode, and to
    nothing else."""
    found: dict[tuple[ast.AST, str], set[bool]] = {}
    opened: dict[tuple[ast.AST, str], int] = {}
    pairs: list[tuple[ast.AST, ast.expr | None, ast.expr]] = [
        *((item, item.optional_vars, item.context_expr) for item in source.of(ast.withitem)),
        *((node, targets[0], value) for node, targets, value in source.bindings),
    ]
    for node, target, value in pairs:
        if isinstance(target, ast.Name) and (mode := open_mode(source, value)) is not None:
            key = source.function(node) or source.tree, target.id
            found.setdefault(key, set()).add("b" in mode)
            opened[key] = opened.get(key, 0) + 1
    bound: dict[tuple[ast.AST, str], int] = {}
    for name in source.of(ast.Name):
        if not isinstance(name.ctx, ast.Load):
            key = source.function(name) or source.tree, name.id
            bound[key] = bound.get(key, 0) + 1
    return {
        key: next(iter(modes))
        for key, modes in found.items()
        if len(modes) == 1 and bound.get(key) == opened[key]
    }


_MODE = re.compile(r"^[rwaxbt+U]{1,4}$")


def open_mode(source: Source, value: ast.expr | None) -> str | None:
    """The mode of `open(...)` or `path.open(...)`; None when it is neither, or not plain to see (a member of an
    archive is opened by its name)."""
    if not isinstance(value, ast.Call):
        return None
    name = source.dotted(value.func)
    at = 1
    if isinstance(value.func, ast.Attribute) and name not in _OPENERS:
        if value.func.attr != "open":
            return None
        at = 0
    elif name not in _OPENERS:
        return None
    given = next((k.value for k in value.keywords if k.arg == "mode"), None)
    given = given or (value.args[at] if len(value.args) > at else None)
    if given is None:
        return "rb" if name.startswith(("gzip", "bz2", "lzma")) else "r"
    mode = given.value if isinstance(given, ast.Constant) else None
    return mode if isinstance(mode, str) and _MODE.match(mode) else None


_WRITERS = {
    "write_text",
    "write_bytes",
    "truncate",
    "rename",
    "replace",
    "copy",
    "copyfile",
    "move",
    "run",
    "system",
}


def writes_meanwhile(source: Source, use: ast.expr, depth: int = 3) -> bool:
    """Whether the loop over a file may write files, itself or by the module's functions: then lines that are not read
    yet are others."""
    loop = source.parent(use)
    body = loop.body if isinstance(loop, (ast.For, ast.AsyncFor)) else [source.statement(use)]
    return any(_writes(source, each, depth) for each in body if each is not None)


def _writes(source: Source, node: ast.AST, depth: int) -> bool:
    for call in ast.walk(node):
        if not isinstance(call, ast.Call):
            continue
        mode = open_mode(source, call)
        name = (
            call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        )
        if (mode is not None and set(mode) & set("wax+")) or name in _WRITERS - {"replace"}:
            return True
        if name == "replace" and len(call.args) == 1:  # of a path; that of a text takes two
            return True
        own = [each for each in source.functions if each.name == name] if depth else []
        if any(_writes(source, each, depth - 1) for each in own):
            return True
    return False


_OPENERS = {"open", "io.open", "gzip.open", "bz2.open", "lzma.open"}
_KEEPING = {"append", "add", "appendleft", "insert", "put", "setdefault", "extend"}
CHANGING = _KEEPING | {
    "pop",
    "popitem",
    "popleft",
    "remove",
    "discard",
    "clear",
    "update",
    "sort",
    "reverse",
}
"""Methods that change a list, dict or set."""


def keeps_items(source: Source, use: ast.expr, *, keyed: bool = True, yielded: bool = True) -> bool:
    """Whether what reads an iterable keeps its items: then they are in memory anyway. keyed: whether parts of them
    that become keys count; yielded: whether those do that a generator gives on."""
    use = followed(source, use)
    target = getattr(source.parent(use), "target", None)
    if target is None:
        return False
    names = {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
    return _keeps_some(
        source, use, names, keys=keyed and isinstance(target, ast.Name), yielded=yielded
    )


def kept_parts(source: Source, use: ast.expr) -> set[int] | None:
    """The places in items, that are taken apart as they are read, of what is kept of them; None where that may be
    the item."""
    use = followed(source, use)
    target = getattr(source.parent(use), "target", None)
    if not isinstance(target, ast.Tuple) or not all(isinstance(e, ast.Name) for e in target.elts):
        return None if keeps_items(source, use) else set()
    named = [(i, {each.id}) for i, each in enumerate(target.elts) if isinstance(each, ast.Name)]
    return {i for i, names in named if _keeps_some(source, use, names, keys=False)}


def _keeps_some(
    source: Source, use: ast.expr, names: set[str], *, keys: bool, yielded: bool = True
) -> bool:
    """Whether what reads an iterable keeps what it binds to some names."""
    above = source.parent(use)
    if isinstance(above, (ast.For, ast.AsyncFor)):
        best = {id(each) for each in _best_of_each_key(above)}
        return any(
            _keeps(source, node, names, keys=keys)
            for each in above.body for node in ast.walk(each)
            if id(node) not in best and (yielded or not isinstance(node, ast.Yield))
        )  # fmt: skip
    outer = source.parent(above) if above is not None else None
    if isinstance(outer, (ast.GeneratorExp, ast.ListComp)) and _passes_on(source, outer):
        return False
    if isinstance(outer, ast.GeneratorExp):
        taken = consumes(source, outer) or _is_gathered(source, outer)
        return not reduces(source, outer) and (not taken or _is_item(outer.elt, names))
    made = [outer.key, outer.value] if isinstance(outer, ast.DictComp) else [outer.elt]  # type: ignore[union-attr]
    return any(_is_item(each, names) for each in made)


def _best_of_each_key(loop: ast.For | ast.AsyncFor) -> Iterator[ast.stmt]:
    """What a loop stores where it is more, or less, than what the same table has: one of the many of a key."""
    for test in (each for part in loop.body for each in ast.walk(part) if isinstance(each, ast.If)):
        if not isinstance(test.test, ast.Compare) or not isinstance(test.test.ops[0], _ORDERS):
            continue
        asked = {ast.dump(each) for n in ast.walk(test.test) for each in _looked_into(n)}
        for each in test.body:
            table = each.targets[0] if isinstance(each, ast.Assign) else None
            if isinstance(table, ast.Subscript) and ast.dump(table.value) in asked:
                yield each


def _looked_into(node: ast.AST) -> Iterator[ast.expr]:
    """The table of `table[key]` and of `table.get(key)`."""
    if isinstance(node, ast.Subscript):
        yield node.value
    elif isinstance(node, ast.Call) and last_name(node.func) == "get":
        yield getattr(node.func, "value", node.func)


def _is_gathered(source: Source, made: ast.GeneratorExp) -> bool:
    """Whether a call goes through what a generator gives at once, and keeps that alone."""
    call = source.parent(made)
    if not isinstance(call, ast.Call) or call.args[:1] != [made]:
        return False
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Constant):
        return call.func.attr == "join"
    return source.dotted(call.func) in _GATHERING


def _passes_on(source: Source, made: ast.expr) -> bool:
    """Whether items are given back by a function whose every caller reads them once, and keeps none."""
    above, function = source.parent(made), source.function(made)
    if not isinstance(above, ast.Return) or function is None:
        return False
    calls = [source.parent(each) for each in source.loads.get(function.name, ())]
    inside = {id(n) for n in ast.walk(function)}
    return bool(calls) and all(
        isinstance(call, ast.Call) and id(call) not in inside
        and reads_once(source, call) and not keeps_items(source, call)
        for call in calls
    )  # fmt: skip


def _keeps(source: Source, node: ast.AST, names: set[str], *, keys: bool, depth: int = 2) -> bool:
    """keys: whether an item that becomes a key is one that is kept (a part of it is often one of few)."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        given = [each for each in node.args if _is_item(each, names)]
        return (
            node.func.attr in _KEEPING and bool(given) and _is_kept_by(source, node, given, depth)
        )
    if isinstance(node, ast.Assign):
        stored = any(isinstance(t, (ast.Attribute, ast.Subscript)) for t in node.targets)
        keyed = any(isinstance(t, ast.Subscript) and _is_item(t.slice, names) for t in node.targets)
        return (keys and keyed) or (stored and _is_item(node.value, names))
    return (
        isinstance(node, (ast.Yield, ast.Return))
        and node.value is not None
        and _is_item(node.value, names)
    )


def _is_kept_by(source: Source, call: ast.Call, given: list[ast.expr], depth: int) -> bool:
    """Whether a method that is called as those that put in, `total.add(row)`, keeps what it is given; one of a class of
    the module may only look at it."""
    function, _ = called_function(source, call)
    taken = [parameter_of(source, each) for each in given]
    if function is None or not depth or None in taken:
        return True
    names = {each.arg for each in taken if each is not None}
    for each in (n for n in ast.walk(function) if isinstance(n, ast.Assign)):
        if _is_item(each.value, names):  # by another name, or taken apart
            names |= {n.id for t in each.targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    return any(
        _keeps(source, each, names, keys=False, depth=depth - 1) for each in ast.walk(function)
    )


def _is_item(node: ast.expr, names: set[str]) -> bool:
    """Whether an expression is an item, or holds one as it is."""
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return any(_is_item(each, names) for each in node.elts)
    if isinstance(node, ast.Dict):
        return any(_is_item(each, names) for each in (*node.values, *(k for k in node.keys if k)))
    if isinstance(node, (ast.Attribute, ast.Subscript, ast.Starred)):
        return _is_item(node.value, names)
    return False


def changes_meanwhile(source: Source, use: ast.expr, read: set[str], *, parts: bool = True) -> bool:
    """Whether the loop over an iterable changes what its items are made from; read: the names of that. parts: what a
    part of it is handed to may change that, too."""
    loop = source.parent(followed(source, use))
    if not isinstance(loop, (ast.For, ast.AsyncFor)):
        return False
    for each in loop.body:
        for node in ast.walk(each):
            place: ast.AST | None = None
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in CHANGING
            ):
                place = node.func.value
            elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
                place = node.value
            elif isinstance(node, (ast.Name, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
                place = node
            elif isinstance(node, ast.Call):  # handed on: it may be changed there
                given = [a for a in node.args if parts or not isinstance(a, ast.Subscript)]
                place = next((a for a in given if _is_item(a, read)), None)
            if place is not None and names_in(place) & read:
                return True
    return False
