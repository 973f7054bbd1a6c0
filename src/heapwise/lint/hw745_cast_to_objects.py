"""HW745: a whole table is cast to objects, to be gone through once.

`frame.astype(object).where(frame.notna(), None)`, and `frame.replace({np.nan: None})`, make a Python object of every
number, eight bytes besides to point to it, and all of that twice while the missing ones are put in: ten times the
table, to hand one row after another to a database or writer.

What to do: in blocks of rows: `for at in range(0, len(frame), 5000): part = frame.iloc[at:at + 5000]`, each cast by
itself. Costs: a loop over the blocks. Said only where a recording tells how much it is. Clean: tables of objects that
are kept or used again; single columns; blocks.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source, names_in
from heapwise.lint.uses import single_uses

CODE = "HW745"
TITLE = "a table of objects for one pass"
SIZED = True
NEEDS = ("astype", "replace")
_OBJECT = {"object", "O"}
_ON_IT = {"where", "mask", "fillna", "replace", "rename", "reset_index"}
_ROWS = {"itertuples", "iterrows", "to_records", "to_sql", "to_csv"}
_LISTS = {"values", "to_numpy"}


def look(source: Source) -> Iterator[Hit]:
    """Casts whose rows are gone through where they are made."""
    for call in source.of(ast.Call):
        method = call.func
        if not isinstance(method, ast.Attribute) or not _casts(source, call, method.attr):
            continue
        if isinstance(method.value, ast.Subscript) or _is_a_block(source, call, method.value):
            continue
        whole = _whole(source, call)
        if _is_gone_through(source, whole):
            yield hit(
                source, whole, CODE, TITLE, f"{shown(whole)} makes an object of every value, for one pass over rows",
                saves=Saves.WHOLE, fix="in blocks of rows: frame.iloc[at:at + 5000], each cast by itself",
            )  # fmt: skip


def _casts(source: Source, call: ast.Call, name: str) -> bool:
    if name == "astype" and len(call.args) == 1:
        kind = call.args[0]
        named = isinstance(kind, ast.Constant) and kind.value in _OBJECT
        return named or source.dotted(kind) == "object"
    if name != "replace" or not call.args:
        return False
    first = call.args[0]
    nothing = first.values if isinstance(first, ast.Dict) else call.args[1:2]
    missing = first.keys if isinstance(first, ast.Dict) else [first]
    return [_is_none(each) for each in nothing] == [True] and any(
        each is not None and ast.unparse(each).lower().rpartition(".")[2] in ("nan", "na", "nat")
        for each in missing
    )


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_a_block(source: Source, call: ast.Call, value: ast.expr) -> bool:
    """Whether each turn of a loop takes another part of a table."""
    loop = source.loop(call)
    if loop is None:
        return False
    bound = {
        each.id
        for each in ast.walk(loop)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }
    return bool(names_in(value) & bound)


def _whole(source: Source, call: ast.Call) -> ast.Call:
    """The call with those that follow on it and give a table as well."""
    while True:
        above = source.parent(call)
        outer = source.parent(above) if isinstance(above, ast.Attribute) else None
        if not isinstance(outer, ast.Call) or outer.func is not above:
            return call
        if not isinstance(above, ast.Attribute) or above.attr not in _ON_IT:
            return call
        call = outer


def _is_gone_through(source: Source, whole: ast.Call) -> bool:
    uses = single_uses(source, whole)
    if uses is None or len(uses) != 1:
        return False
    above = source.parent(uses[0].place)
    if not isinstance(above, ast.Attribute):
        return False
    if above.attr in _LISTS:
        outer = source.parent(above)
        lists = source.parent(outer) if isinstance(outer, ast.Call) else outer
        if not isinstance(lists, ast.Attribute) or lists.attr != "tolist":
            return False
        above = lists
    elif above.attr not in _ROWS:
        return False
    made = source.parent(above)
    if not isinstance(made, ast.Call):
        return False
    rows = [use.place for use in single_uses(source, made) or ()] or [made]
    return all(_takes_rows(source, each) for each in rows)


def _takes_rows(source: Source, rows: ast.expr) -> bool:
    """Whether rows are given to a call, or gone through, where they stand; or are made for what that does."""
    place = source.parent(rows)
    if isinstance(place, (ast.For, ast.comprehension)):
        return place.iter is rows
    return isinstance(place, ast.Expr) or (isinstance(place, ast.Call) and rows in place.args)
