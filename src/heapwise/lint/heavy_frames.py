"""Calls of pandas that make a Series, or a dict, of every row; and sparse matrices of SciPy that are filled cell by
cell."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.heavy import Heavy
from heapwise.lint.rule import Saves, shown
from heapwise.lint.source import COMPREHENSIONS, FUNCTIONS, LOOPS, FunctionNode, Source, keyword
from heapwise.lint.uses import all_uses

NEEDS = ("apply(", "agg(", "explode(", "dok_", "lil_", "csr_", "csc_")
_REDUCERS = {
    "max",
    "min",
    "len",
    "sum",
    "set",
    "numpy.mean",
    "numpy.sum",
    "numpy.max",
    "numpy.min",
    "statistics.mean",
}
_SERIES = {"pandas.Series", "pandas.DataFrame"}
_SPARSE = {
    f"scipy.sparse.{kind}_{shape}" for kind in ("dok", "lil", "csr", "csc") for shape in ("matrix", "array")
}  # fmt: skip
_INTO = {"tocsr", "tocsc", "tocoo", "asformat", "toarray", "todense", "tobsr"}
_OF_FILLED = {"nnz", "shape", "dtype", "sum", "getnnz"}


def heavy_frames(source: Source) -> Iterator[Heavy]:
    """Those of a file."""
    for call in source.of(ast.Call):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if method == "apply":
            yield from _of_applied(source, call)
        if method in ("agg", "apply", "aggregate"):
            yield from _of_lists(source, call)
        elif method == "explode":
            yield from _of_exploded(source, call)
        elif source.dotted(call.func) in _SPARSE:
            yield from _of_cells(source, call)


def _of_lists(source: Source, call: ast.Call) -> Iterator[Heavy]:
    """`groups.agg(list)`, whose lists are only reduced: `.map(max)`."""
    given = call.args[0] if len(call.args) == 1 and not call.keywords else None
    is_list = isinstance(given, ast.Constant) and given.value == "list"
    if given is None or not (is_list or source.dotted(given) == "list"):
        return
    uses = all_uses(source, call) or []
    methods = [source.parent(use.place) for use in uses]
    mapped = [
        source.parent(each) for each in methods
        if isinstance(each, ast.Attribute) and each.attr in ("map", "apply")
    ]  # fmt: skip
    calls = [each for each in mapped if isinstance(each, ast.Call) and len(each.args) == 1]
    taken = [source.dotted(each.args[0]) in _REDUCERS for each in calls]
    if taken and all(taken) and len(taken) == len(uses):
        lines = {line for each in mapped for line in _lines(each)} - set(_lines(call))
        yield Heavy(
            call, f"{shown(call)} makes a list, and a number, of each value, to be reduced",
            ".agg(['max', 'size']): the columns that are wanted", Saves.RELEASED, tuple(sorted(lines)),
        )  # fmt: skip


def _of_exploded(source: Source, call: ast.Call) -> Iterator[Heavy]:
    """`table.explode("tag")`, of which only how often each tag comes is asked."""
    column = call.args[0] if len(call.args) == 1 else None
    if not isinstance(column, ast.Constant):
        return
    uses = all_uses(source, call) or []
    if uses and all(_is_counted_by(source, use.place, str(column.value)) for use in uses):
        yield Heavy(
            call, f"{shown(call)} repeats every other column for each item, and items are only counted",
            f"table[{column.value!r}].explode().value_counts()", Saves.RELEASED,
        )  # fmt: skip


def _is_counted_by(source: Source, place: ast.expr, column: str) -> bool:
    """`x.groupby(column).size()`, `x[column].value_counts()`."""
    above = source.parent(place)
    if isinstance(above, ast.Subscript) and above.value is place:
        return isinstance(above.slice, ast.Constant) and above.slice.value == column
    call = (
        source.parent(above)
        if isinstance(above, ast.Attribute) and above.attr == "groupby"
        else None
    )
    keys = (
        [each.value for each in call.args if isinstance(each, ast.Constant)]
        if isinstance(call, ast.Call)
        else []
    )
    method = source.parent(call) if isinstance(call, ast.Call) else None
    return (
        keys == [column]
        and isinstance(method, ast.Attribute)
        and method.attr in ("size", "ngroups")
    )


def _of_applied(source: Source, call: ast.Call) -> Iterator[Heavy]:
    """`table.apply(f, axis=1)` with an `f` that gives a Series: all of them are there until they are joined."""
    axis = keyword(call, "axis") or (call.args[1] if len(call.args) > 1 else None)
    given = call.args[0] if call.args else keyword(call, "func")
    by_row = isinstance(axis, ast.Constant) and axis.value in (1, "columns")
    lines = _gives_series(source, given) if by_row and given is not None else None
    if lines is not None:
        yield Heavy(
            call, f"{shown(call)} makes a Series of each row, and holds all until it joins them",
            "compute whole columns: pandas.DataFrame({'area': table['w'] * table['h'], ...})", Saves.WHOLE, lines,
        )  # fmt: skip


def _gives_series(source: Source, given: ast.expr) -> tuple[int, ...] | None:
    """The lines of a function, or lambda, that gives nothing but a Series; None of others."""
    if isinstance(given, ast.Lambda):
        if source.called(given.body) in _SERIES:
            return tuple(range(given.lineno, (given.end_lineno or given.lineno) + 1))
        return None
    if not isinstance(given, ast.Name):
        return None
    bound = source.seen(given)
    if len(bound) != 1 or not isinstance(bound[0], FUNCTIONS):
        return None
    function: FunctionNode = bound[0]
    values = source.returned(function)
    if not values or not all(_is_series(source, each) for each in values):
        return None
    return tuple(range(function.lineno, (function.end_lineno or function.lineno) + 1))


def _is_series(source: Source, node: ast.expr | None) -> bool:
    if not isinstance(node, ast.Name):
        return source.called(node) in _SERIES
    made = [source.parent(each) for each in source.seen(node)]
    values = [each.value for each in made if isinstance(each, (ast.Assign, ast.AnnAssign))]
    return len(values) == len(made) > 0 and all(source.called(each) in _SERIES for each in values)


def _of_cells(source: Source, call: ast.Call) -> Iterator[Heavy]:
    """An empty matrix that a loop of the same function fills, before it becomes one of another kind."""
    bound = source.parent(call)
    shape = keyword(call, "shape") or (call.args[0] if call.args else None)
    if not isinstance(bound, ast.Assign) or shape is None or len(call.args) > 1:
        return
    [target, *more] = bound.targets
    if more or not isinstance(target, ast.Name) or isinstance(shape, ast.Call):
        return
    found = source.reads_of(target)
    if found is None or not isinstance(found.scope, FUNCTIONS):
        return
    above = [(read, source.parent(read)) for read in found.reads]
    cells = [
        each for read, each in above if isinstance(each, ast.Subscript) and _is_cell(each, read)
    ]
    rest = [read for read in found.reads if not _is_cell(source.parent(read), read)]
    keyed = "dok" in source.dotted(call.func)
    loops = [source.loop(each) for each in cells]
    if not cells or None in loops or any(source.scope(each) is not found.scope for each in rest):
        return
    asked = [source.parent(each) for each in rest]
    made = [each for each in asked if isinstance(each, ast.Attribute) and each.attr in _INTO]
    plain = all(
        each in made or (isinstance(each, ast.Attribute) and each.attr in _OF_FILLED)
        for each in asked
    )
    if not plain or not (made or not keyed) or any(source.loop(each) in loops for each in rest):
        return
    lines = {line for each in cells for line in _lines(source.statement(each))}
    lines |= {line for each in made for line in _lines(each)}
    heads = {_head(source, loop) for loop in loops if loop is not None}
    yield Heavy(
        cells[0], f"{shown(cells[0])} is set cell by cell: an entry with its key and number for each",
        "array('i'), array('i') and array('d') of rows, columns and values; scipy.sparse.coo_matrix((values, "
        "(rows, columns)), shape=...), which adds up what stands twice",
        Saves.RELEASED, tuple(sorted(lines)), tuple(sorted(each for each in heads if each)),
    )  # fmt: skip


def _is_cell(node: ast.AST | None, read: ast.expr) -> bool:
    """Whether it is `matrix[row, column] = value`, or `+=`."""
    return (
        isinstance(node, ast.Subscript) and node.value is read and isinstance(node.ctx, ast.Store)
        and isinstance(node.slice, ast.Tuple) and not any(isinstance(each, ast.Slice) for each in node.slice.elts)
    )  # fmt: skip


def _lines(node: ast.AST | None) -> range:
    first = getattr(node, "lineno", 0)
    return range(first, (getattr(node, "end_lineno", first) or first) + 1)


def _head(source: Source, loop: ast.AST) -> tuple[int, int] | None:
    """The lines where a loop takes what it goes through, item by item; None where that is made whole."""
    if not isinstance(loop, LOOPS) or isinstance(loop, ast.While):
        return None
    items = loop.iter
    if isinstance(items, ast.Call) and isinstance(items.func, ast.Name):
        own = source.functions_named.get(items.func.id, [])
        if own and not all(source.is_generator(each) for each in own):
            return None
    elif isinstance(items, (ast.List, ast.Tuple, *COMPREHENSIONS)) and not isinstance(
        items, ast.GeneratorExp
    ):
        return None
    return items.lineno, items.end_lineno or items.lineno
