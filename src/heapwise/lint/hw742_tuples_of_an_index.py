"""HW742: a tuple is made for every row of an index, and taken apart.

`[key[1] >= day for key in frame.index.values]`, `for store, day in frame.index` and
`frame.index.map(lambda key: key[0])` make a tuple of Python objects for each row of a `MultiIndex`, which keeps all of
them for as long as it lives.

What to do: `frame.index.get_level_values("day") >= day`, of as many levels as are looked at, `zip`ped where they are
gone through; `frame.index[0]` for one row; `frame.reset_index().itertuples(index=False)` in the place of `iterrows`.
Costs: nothing. Said only where a recording tells how much the tuples are. Clean: tuples that become keys, or are
compared, or kept.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import COMPREHENSIONS, Source
from heapwise.lint.texts import made_by
from heapwise.lint.uses import all_uses

CODE = "HW742"
TITLE = "a tuple for every row of an index"
SIZED = True
NEEDS = (".index", "MultiIndex", "iterrows", "itertuples", "items()")
_MAKER = "MultiIndex._values"
_METHODS = {"to_numpy", "tolist", "to_list", "to_flat_index"}
_LISTS = {"list", "tuple", "numpy.array", "numpy.asarray", "iter"}
_SAME = {"reversed", "tqdm.tqdm", "tqdm.auto.tqdm"}
_LEVELS = "index.get_level_values(level), of the levels that are looked at"
_ROWS = {
    "iterrows": "frame.reset_index().itertuples(index=False)",
    "items": "zip(index.get_level_values(0), ..., series)",
}


def look(source: Source) -> Iterator[Hit]:
    """Indexes whose rows are taken apart where they are made, or that are asked for one of them."""
    of_pandas = any(each.split(".")[0] == "pandas" for each in source.imports.values())
    for node in (*source.of(ast.Attribute), *source.of(ast.Name)):
        if isinstance(node.ctx, ast.Load) and _is_index(source, node):  # type: ignore[attr-defined]
            made, fix = _made(source, node)
            if made is not None and (fix or _is_taken_apart(source, made)):
                yield _told(source, made, fix or _LEVELS)
    for call in source.of(ast.Call):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if method == "items" and not of_pandas:
            continue
        if method == "itertuples" and _reads_parts_of_index(source, call):
            yield _told(source, call, _ROWS["iterrows"])
        if method in _ROWS and not call.args and not call.keywords:
            target = _target(source, call)
            pair = isinstance(target, ast.Tuple) and len(target.elts) == 2
            if pair and _apart(source, target.elts[0], _looked_at_in(source, call)):  # type: ignore[union-attr]
                yield _told(source, call, _ROWS[method])


def _reads_parts_of_index(source: Source, call: ast.Call) -> bool:
    """`for row in frame.itertuples(): row.Index[0]`."""
    target, body = _target(source, call), _looked_at_in(source, call)
    reads = [
        n for each in body for n in ast.walk(each)
        if isinstance(n, ast.Attribute) and n.attr == "Index" and isinstance(n.value, ast.Name)
        and isinstance(target, ast.Name) and n.value.id == target.id
    ]  # fmt: skip
    return bool(reads) and all(
        isinstance(part := source.parent(each), ast.Subscript) and _is_number(part.slice)
        for each in reads
    )


def _told(source: Source, node: ast.expr, fix: str) -> Hit:
    return hit(
        source, node, CODE, TITLE, f"{shown(node)} makes a tuple of every row, and the index keeps them",
        saves=Saves.INSIDE, user=_MAKER, fix=fix,
    )  # fmt: skip


def _is_index(source: Source, node: ast.expr) -> bool:
    """Whether an expression may be the index of a table: `frame.index`, no call of a list's method, or its name."""
    if isinstance(node, ast.Attribute):
        above = source.parent(node)
        called = isinstance(above, ast.Call) and above.func is node
        return node.attr == "index" and not called and not source.is_of_import(node)
    made = made_by(source, node)
    return made != [node] and len(made) == 1 and (
        (isinstance(made[0], ast.Attribute) and _is_index(source, made[0]))
        or ".MultiIndex" in source.called(made[0])
    )  # fmt: skip


def _made(source: Source, node: ast.expr) -> tuple[ast.expr | None, str]:
    """(what makes tuples of an index's rows, what to do instead where that is plain already)."""
    above = source.parent(node)
    if isinstance(above, ast.Attribute):
        call = source.parent(above)
        if above.attr == "values":
            return above, ""
        if not isinstance(call, ast.Call) or call.func is not above:
            return None, ""
        if above.attr == "map" and len(call.args) == 1 and isinstance(call.args[0], ast.Lambda):
            given = call.args[0]
            first = given.args.args[:1]
            apart = bool(first) and _only_parts(source, first[0].arg, [given.body])
            return (call, _LEVELS) if apart else (None, "")
        return (call, "") if above.attr in _METHODS else (None, "")
    listed = isinstance(above, ast.Call) and above.args == [node]
    if listed and source.called(above) in _LISTS:
        return above, ""  # type: ignore[return-value]
    return (node, "") if _target(source, node) is not None else (None, "")


def _is_taken_apart(source: Source, made: ast.expr) -> bool:
    """Whether of each tuple single parts are looked at, or only one tuple, or how many there are."""
    uses = all_uses(source, made)
    return bool(uses) and all(_takes_apart(source, each.place) for each in uses or ())


def _takes_apart(source: Source, place: ast.expr) -> bool:
    above = source.parent(place)
    if isinstance(above, ast.Subscript) and above.value is place:
        return _is_number(above.slice)
    if source.called(above) == "len":
        return True
    target = _target(source, place)
    return target is not None and _apart(source, target, _looked_at_in(source, place))


def _is_number(node: ast.expr) -> bool:
    node = node.operand if isinstance(node, ast.UnaryOp) else node
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


def _loop(source: Source, place: ast.expr) -> ast.AST | None:
    """The loop, or the part of a comprehension, that goes through what stands there."""
    above = source.parent(place)
    while isinstance(above, ast.Call) and place in above.args:
        if source.called(above) not in {"enumerate", "zip", *_SAME}:
            return None
        place, above = above, source.parent(above)
    loops = isinstance(above, (ast.For, ast.AsyncFor, ast.comprehension))
    return above if loops and above.iter is place else None  # type: ignore[union-attr]


def _target(source: Source, place: ast.expr) -> ast.expr | None:
    """What a loop binds each row to, through `enumerate` and `zip`."""
    loop = _loop(source, place)
    if loop is None:
        return None
    target: ast.expr | None = loop.target  # type: ignore[attr-defined]
    path: list[int] = []
    above = source.parent(place)
    while isinstance(above, ast.Call):
        name = source.called(above)
        if name not in _SAME:
            path.append(1 if name == "enumerate" else above.args.index(place))
        place, above = above, source.parent(above)
    for at in reversed(path):
        if not isinstance(target, ast.Tuple) or at >= len(target.elts):
            return None
        target = target.elts[at]
    return target


def _looked_at_in(source: Source, place: ast.expr) -> list[ast.AST]:
    """The code that sees the rows of a loop."""
    loop = _loop(source, place)
    if isinstance(loop, (ast.For, ast.AsyncFor)):
        return [*loop.body]
    outer = source.parent(loop) if loop is not None else None
    if not isinstance(outer, COMPREHENSIONS):
        return []
    made = [outer.key, outer.value] if isinstance(outer, ast.DictComp) else [outer.elt]
    return [*made, *(each for g in outer.generators for each in g.ifs)]


def _apart(source: Source, target: ast.expr, body: list[ast.AST]) -> bool:
    """Whether each row is bound to names of its parts that are not put together again, or to one of which only parts
    are looked at."""
    if isinstance(target, ast.Name):
        return _only_parts(source, target.id, body)
    if not isinstance(target, ast.Tuple) or not all(isinstance(e, ast.Name) for e in target.elts):
        return False
    names = {each.id for each in target.elts if isinstance(each, ast.Name)}
    together = (
        {e.id for e in n.elts if isinstance(e, ast.Name)}
        for each in body for n in ast.walk(each) if isinstance(n, ast.Tuple)
    )  # fmt: skip
    return bool(body) and not any(names - {"_"} <= each for each in together)


def _only_parts(source: Source, name: str, body: list[ast.AST]) -> bool:
    """Whether all that is read of a row are parts by their numbers."""
    reads = [n for each in body for n in ast.walk(each) if isinstance(n, ast.Name) and n.id == name]
    parts = [source.parent(each) for each in reads]
    return bool(reads) and all(
        isinstance(part, ast.Subscript) and part.value is read and _is_number(part.slice)
        for read, part in zip(reads, parts, strict=True)
    )
