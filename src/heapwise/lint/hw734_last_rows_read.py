"""HW734: a table is kept whole, and only its last rows are read.

Distances of texts, alignments and other dynamic programs fill a table row by row, from the row before, or the two
before; what they give stands in the last row. All others are kept for nobody.

What to do: keep these rows: `above, row = row, [i] + [0] * width` at each turn. Costs: the way back through the table
is gone. Said only where a recording tells how much the table is. Clean: tables that are given back, printed, handed on,
or walked back through.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import FUNCTIONS, Source, names_in
from heapwise.lint.tables import Table, tables

CODE = "HW734"
TITLE = "a table of which the last rows are read"
SIZED = True
NEEDS = ("for ",)
_MOST_ROWS = 3
_READERS = {"max", "min", "sum", "len", "zip", "enumerate", "any", "all", "list", "tuple"}
_METHODS = {"sum", "max", "min", "mean", "argmax", "argmin", "any", "all"}


class _Access(NamedTuple):
    """One place that reads or writes a table. row, column: as they stand there; no column for a whole row."""

    node: ast.expr
    row: ast.expr
    column: ast.expr | None
    stores: bool


def look(source: Source) -> Iterator[Hit]:
    """Tables that a function makes for itself, whose rows are filled from the few before them."""
    for table in tables(source):
        accesses = _accesses(source, table)
        if not accesses:
            continue
        loop = _main_loop(source, table, accesses)
        if loop is None:
            continue
        count = _rows_read(source, table, loop, accesses)
        if count:
            body = range(loop.lineno, (loop.end_lineno or loop.lineno) + 1)
            stores = {each.node.lineno for each in accesses if each.stores}
            yield hit(
                source, table.value, CODE, TITLE, f"all of {table.name} is kept, and {count} of its rows are read",
                saves=Saves.WHOLE if table.is_array else Saves.ALL_BUT_ONE,
                fix=f"keep {count} rows, and put each at the place of the one before it",
                also=() if table.is_array else tuple(sorted({*body, *stores} - {table.value.lineno})),
            )  # fmt: skip


def _accesses(source: Source, table: Table) -> list[_Access]:
    """All that is done with a table; nothing where that is more than to read and write its places."""
    scope = source.scope(table.target)
    found: list[_Access] = []
    for node in ast.walk(scope):
        if not isinstance(node, ast.Name) or node.id != table.name or node is table.target:
            continue
        above = source.parent(node)
        if (
            isinstance(above, ast.Call)
            and source.dotted(above.func) == "len"
            and len(above.args) == 1
        ):
            continue
        if (
            not isinstance(above, ast.Subscript)
            or above.value is not node
            or source.scope(node) is not scope
        ):
            return []
        access = _access(source, above)
        if access is None:
            return []
        found.append(access)
    return found


def _access(source: Source, place: ast.Subscript) -> _Access | None:
    """`table[i][j]`, `table[i, j]`, or a whole row that is read, or set."""
    row: ast.expr = place.slice
    column: ast.expr | None = None
    whole: ast.expr = place
    if isinstance(row, ast.Tuple):
        if len(row.elts) != 2:
            return None
        row, column = row.elts
    else:
        above = source.parent(place)
        if isinstance(above, ast.Subscript) and above.value is place:
            column, whole = above.slice, above
    stores = isinstance(whole.ctx, ast.Store)  # type: ignore[attr-defined]
    if isinstance(whole.ctx, ast.Del) or (isinstance(row, ast.Slice) and not stores):  # type: ignore[attr-defined]
        return None
    is_row = column is None or isinstance(column, ast.Slice)
    if is_row and not stores and (places := _places_of_alias(source, whole)) is not None:
        return _Access(whole, row, column, any(isinstance(n.ctx, ast.Store) for n in places))
    if is_row and not stores and not _is_read(source, whole):
        return None
    return _Access(whole, row, column, stores)


def _is_read(source: Source, row: ast.expr) -> bool:
    """Whether a row is only read there."""
    above = source.parent(row)
    if isinstance(above, (ast.BinOp, ast.Compare)):
        return True
    if isinstance(above, (ast.For, ast.comprehension)):
        return above.iter is row
    if isinstance(above, ast.Call):
        name = source.dotted(above.func)
        return row in above.args and (name in _READERS or name.startswith("numpy."))
    if isinstance(above, ast.Attribute):
        return above.attr in _METHODS
    return False


def _places_of_alias(source: Source, row: ast.expr) -> list[ast.Subscript] | None:
    """The places of a row that are read or written by the name that a turn of a loop gives it, `line = table[i]`, alone
    or beside others; None where it has no such name, or that is used otherwise."""
    above, bound = source.parent(row), None
    if isinstance(above, ast.Assign) and len(above.targets) == 1:
        bound = above.targets[0]
    elif isinstance(above, ast.Tuple) and isinstance(pair := source.parent(above), ast.Assign):
        names = pair.targets[0]
        if (
            len(pair.targets) == 1
            and isinstance(names, ast.Tuple)
            and len(names.elts) == len(above.elts)
        ):
            bound = names.elts[above.elts.index(row)]
    if not isinstance(bound, ast.Name):
        return None
    scope = source.scope(row)
    reads = [
        n for n in ast.walk(scope)
        if isinstance(n, ast.Name) and n.id == bound.id and isinstance(n.ctx, ast.Load)
    ]  # fmt: skip
    places = [
        over for each in reads
        if isinstance(over := source.parent(each), ast.Subscript) and over.value is each
        and source.scope(each) is scope and source.loop(each) is not None
    ]  # fmt: skip
    return places if len(places) == len(reads) else None


def _outer_loops(source: Source, node: ast.AST) -> list[ast.AST]:
    """The `for`, `while` and comprehensions around a node, from the outermost."""
    found: list[ast.AST] = []
    while (loop := source.loop(node)) is not None:
        found.append(loop)
        node = loop
    return found[::-1]


def _main_loop(source: Source, table: Table, accesses: list[_Access]) -> ast.For | None:
    """The one loop whose variable counts the rows, and that fills them from others; it may stand in others."""
    found = {}
    for each in accesses:
        if each.stores or (
            isinstance(each.column, ast.Constant) and _is_beside(source, accesses, each)
        ):
            continue
        loop = next(
            (one for one in _outer_loops(source, each.node) if _step(one, each.row) is not None),
            None,
        )
        if loop is not None:
            found[id(loop)] = loop
    loop = next(iter(found.values()), None)
    if len(found) != 1 or not isinstance(loop, ast.For):
        return None
    if source.loop(loop) is not source.loop(table.target):
        return None
    filled = [
        a for a in accesses if a.stores and _is_in(a.node, loop) and _step(loop, a.row) is not None
    ]
    return loop if filled else None


def _is_beside(source: Source, accesses: list[_Access], access: _Access) -> bool:
    """Whether a loop of its own reads a column, to fill it."""
    loops = _outer_loops(source, access.node)
    inner = [a for a in accesses if loops and _is_in(a.node, loops[-1])]
    return (
        len(loops) == 1 and bool(inner) and all(isinstance(a.column, ast.Constant) for a in inner)
    )


def _is_in(node: ast.AST, outer: ast.AST) -> bool:
    return any(each is node for each in ast.walk(outer))


def _step(loop: ast.AST, row: ast.expr) -> int | None:
    """How far a row stands from the one that a loop is at: -1 for `i - 1`; None where it is not counted by it."""
    target = getattr(loop, "target", None)
    counter = target.elts[0] if isinstance(target, ast.Tuple) and target.elts else target
    called = getattr(getattr(getattr(loop, "iter", None), "func", None), "id", "")
    if not isinstance(counter, ast.Name) or called not in (
        "range",
        "enumerate",
        "reversed",
        "trange",
    ):
        return None
    if isinstance(target, ast.Tuple) and called != "enumerate":
        return None
    if isinstance(row, ast.Name):
        return 0 if row.id == counter.id else None
    if not isinstance(row, ast.BinOp) or not isinstance(row.op, (ast.Add, ast.Sub)):
        return None
    if not isinstance(row.left, ast.Name) or row.left.id != counter.id:
        return None
    by = row.right.value if isinstance(row.right, ast.Constant) else None
    if not isinstance(by, int):
        return None
    return by if isinstance(row.op, ast.Add) else -by


def _rows_read(source: Source, table: Table, loop: ast.For, accesses: list[_Access]) -> int:
    """How many rows must be kept; 0 where that is not plain, or where they are many."""
    if _binds_again(loop) or not _is_by_one(loop):
        return 0
    steps: set[int] = set()
    for each in accesses:
        if _is_in(each.node, loop):
            step = _step(loop, each.row)
            if step is None:
                return 0
            steps.add(step)
        elif each.node.lineno < loop.lineno:
            if not each.stores and not _is_beside(source, accesses, each):
                return 0
        elif each.stores or not _is_last(source, table, loop, each):
            return 0
    count = max(steps) - min(steps) + 1
    return count if len(steps) > 1 and count <= _MOST_ROWS else 0


def _binds_again(loop: ast.For) -> bool:
    """Whether the variable of a loop is set in it."""
    names = names_in(loop.target)
    return any(
        isinstance(n, ast.Name) and n.id in names and isinstance(n.ctx, ast.Store)
        for each in loop.body for n in ast.walk(each)
    )  # fmt: skip


def _is_by_one(loop: ast.For) -> bool:
    """Whether a loop comes to every row, one after the other."""
    by = loop.iter.args[2] if isinstance(loop.iter, ast.Call) and len(loop.iter.args) == 3 else None
    by = by.operand if isinstance(by, ast.UnaryOp) else by
    return by is None or (isinstance(by, ast.Constant) and by.value == 1)


def _is_last(source: Source, table: Table, loop: ast.For, access: _Access) -> bool:
    """Whether a place that is read after the loop is of the row that the loop comes to last."""
    if any(names_in(access.row) & _bound_by(outer) for outer in _outer_loops(source, access.node)):
        return False
    row = _plain(source, access.row)
    if _goes_back(loop):
        return row == "0" or _step(loop, access.row) == 0
    return (
        row in ("-1", f"len({table.name}) - 1")
        or row in _last_of(source, table)
        or _step(loop, access.row) == 0
    )


def _bound_by(loop: ast.AST) -> set[str]:
    if isinstance(loop, ast.While):
        return {
            n.id for n in ast.walk(loop) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
    targets = [each.target for each in getattr(loop, "generators", [loop])]
    inside = (
        [n for each in getattr(loop, "body", ()) for n in ast.walk(each)]
        if isinstance(loop, ast.For)
        else []
    )
    stored = {n.id for n in inside if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return stored.union(*map(names_in, targets))


def _goes_back(loop: ast.For) -> bool:
    counted = loop.iter
    if getattr(getattr(counted, "func", None), "id", "") == "reversed":
        return True
    step = counted.args[2] if isinstance(counted, ast.Call) and len(counted.args) == 3 else None
    return isinstance(step, ast.UnaryOp)


def _last_of(source: Source, table: Table) -> set[str]:
    """How the number of the last row may be written."""
    count = table.rows
    if count is None:
        return set()
    found = {f"{_plain(source, count)} - 1"}
    if isinstance(count, ast.Constant) and isinstance(count.value, int):
        found.add(str(count.value - 1))
    if isinstance(count, ast.BinOp) and isinstance(count.op, ast.Add):
        sides = (count.left, count.right), (count.right, count.left)
        for one, other in sides:
            if isinstance(other, ast.Constant) and other.value == 1:
                found.add(_plain(source, one))
    return found


def _plain(source: Source, node: ast.expr) -> str:
    """An expression as source, names that are bound once as what they are bound to."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        sign = "+" if isinstance(node.op, ast.Add) else "-"
        return f"{_plain(source, node.left)} {sign} {_plain(source, node.right)}"
    if isinstance(node, ast.Name):
        scope = source.scope(node)
        bound = [each for where, each in source.binders.get(node.id, ()) if where is scope]
        above = source.parent(bound[0]) if len(bound) == 1 else None
        if (
            isinstance(scope, FUNCTIONS)
            and isinstance(above, ast.Assign)
            and above.targets == bound
            and source.loop(above) is None
        ):
            return ast.unparse(above.value)
        pair = source.parent(above) if isinstance(above, ast.Tuple) else None
        values = pair.value if isinstance(pair, ast.Assign) else None
        if (
            isinstance(above, ast.Tuple)
            and isinstance(values, ast.Tuple)
            and len(values.elts) == len(above.elts)
        ):
            return ast.unparse(values.elts[above.elts.index(bound[0])])  # type: ignore[arg-type]
    return ast.unparse(node)
