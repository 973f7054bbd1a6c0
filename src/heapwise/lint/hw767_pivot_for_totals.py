"""HW767: a table is made wide for the totals of its rows.

`table = sales.pivot_table(index="customer", columns="product", values="quantity")`, then `(table > 0).sum(axis=1)`: a
cell for each customer and each product, most of them empty, of which one number a row is asked. So it is with `pivot`,
`unstack` and `pd.crosstab`.

What to do: ask the long table: `sales.groupby("customer")["product"].nunique()` for how many, `.sum()` or `.max()`
for the rest; of what must be wide a sparse matrix. Costs: nothing, and it is faster. The saving is what the lines held.
Said only where a recording tells how much that is. Clean: wide tables of which anything else is used.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source
from heapwise.lint.uses import all_uses

CODE = "HW767"
TITLE = "a table is made wide for totals of its rows"
SIZED = True
NEEDS = ("pivot_table", "crosstab", "pivot", "unstack")
_TOTALS = {"sum", "count", "max", "min", "any", "all", "mean", "nunique"}
_TESTS = {
    "gt",
    "ge",
    "ne",
    "lt",
    "le",
    "eq",
    "notna",
    "notnull",
    "isna",
    "fillna",
    "astype",
    "clip",
}
_DEPTH = 6


def look(source: Source) -> Iterator[Hit]:
    """Calls that make a wide table of which totals alone are used."""
    for call in source.of(ast.Call):
        if last_name(call.func) not in NEEDS or not isinstance(call.func, ast.Attribute):
            continue
        uses = all_uses(source, call)
        if uses and all(_is_total(source, each.place, _DEPTH) for each in uses):
            lines = {each.place.lineno for each in uses} - {call.lineno}
            yield hit(
                source, call, CODE, TITLE, "a cell for each pair is there at once, for one figure a row",
                saves=Saves.WHOLE, also=tuple(sorted(lines)),
                fix="groupby(index)[columns].nunique(), or sum() or max() of the values, of the long table",
            )  # fmt: skip


def _is_total(source: Source, place: ast.expr, depth: int) -> bool:
    """Whether a use of a wide table comes to a total of it, be it of a test of each cell."""
    above = source.parent(place)
    if depth == 0:
        return False
    if isinstance(above, ast.Compare) and above.left is place:
        return _is_total(source, above, depth - 1)
    if not isinstance(above, ast.Attribute) or not isinstance(above.ctx, ast.Load):
        return False
    call = source.parent(above)
    if not isinstance(call, ast.Call) or call.func is not above:
        return False
    return above.attr in _TOTALS or (above.attr in _TESTS and _is_total(source, call, depth - 1))
