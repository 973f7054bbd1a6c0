"""HW768: all rows are put in another order, to be read in blocks.

`rows = self.rows[order]` with a permutation, and then `rows[start:stop]` for each block: a second array as large as the
first, for each epoch; while the last block of the epoch before is alive, a third.

What to do: take the block's rows by the order: `self.rows[order[start:stop]]`. Costs: reading rows here and there for
each block, as before for all at once. Said only where a recording tells how much the rows are. Clean: rows that
are used in another way as well, or whose first order is let go; blocks that are read several times.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.appended import pairs
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source
from heapwise.lint.texts import made_by
from heapwise.lint.uses import uses_of_target

CODE = "HW768"
TITLE = "rows put in another order as a whole"
SIZED = True
NEEDS = ("permutation", "argsort", "shuffle", "randperm")
_ORDERS = {"permutation", "argsort", "randperm", "lexsort"}
_COUNTS = {"arange", "array"}


def look(source: Source) -> Iterator[Hit]:
    """Arrays indexed by an order, where blocks of the result are all that is read."""
    bound = (
        each
        for _, targets, value in source.bindings
        if len(targets) == 1
        for each in pairs(targets[0], value)
    )
    for target, value in bound:
        if not isinstance(value, ast.Subscript) or not _is_order(source, value.slice):
            continue
        uses = uses_of_target(source, target)
        if (
            uses
            and _stays(source, value.value)
            and all(_is_block(source, use.place, value) for use in uses)
        ):
            order = ast.unparse(value.slice)
            yield hit(
                source, value, CODE, TITLE, f"{shown(value)} copies all rows, of which blocks are read",
                saves=Saves.WHOLE, fix=f"{shown(value.value)}[{order}[start:stop]] for each block",
            )  # fmt: skip


def _is_order(source: Source, node: ast.expr) -> bool:
    """Whether an index is an order of all rows: a permutation, by itself or by shuffling numbers."""
    if isinstance(node, ast.Name):
        values = made_by(source, node)
        if len(values) == 1 and _is_called(values[0], _COUNTS):
            return any(
                _is_called(each, {"shuffle"}) and [ast.unparse(arg) for arg in each.args] == [node.id]
                and source.function(each) is source.function(node)
                for each in source.of(ast.Call)
            )  # fmt: skip
        return len(values) == 1 and _is_called(values[0], _ORDERS)
    return _is_called(node, _ORDERS)


def _is_called(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and last_name(node.func) in names


def _stays(source: Source, rows: ast.expr) -> bool:
    """Whether the rows in their first order are there as long as those in the other: a name that is bound once."""
    if not isinstance(rows, ast.Name):
        return isinstance(rows, ast.Attribute)
    scope = source.scope(rows)
    bound_count = sum(where is scope for where, _ in source.binders.get(rows.id, ()))
    gone = any(
        isinstance(node.ctx, ast.Del) and node.id == rows.id and source.scope(node) is scope
        for node in source.of(ast.Name)
    )  # fmt: skip
    return bound_count == 1 and not gone


def _is_block(source: Source, place: ast.expr, made: ast.expr) -> bool:
    """Whether a use reads `rows[start:stop]`, in one loop more than that in which they were made."""
    above = source.parent(place)
    if not isinstance(above, ast.Subscript) or above.value is not place:
        return False
    part = (
        above.slice.elts[0]
        if isinstance(above.slice, ast.Tuple) and above.slice.elts
        else above.slice
    )
    bounds = [part.lower, part.upper] if isinstance(part, ast.Slice) and part.step is None else []
    moves = any(each is not None and not isinstance(each, ast.Constant) for each in bounds)
    loop = source.loop(above)
    outer = source.loop(loop) if loop is not None else None
    of_made = source.loop(made) if source.function(made) is source.function(above) else None
    return moves and loop is not None and outer is of_made
