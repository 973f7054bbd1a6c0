"""HW767: a table is made wide for the totals of its rows.

`table = sales.pivot_table(index="customer", columns="product", values="quantity")`, then `(table > 0).sum(axis=1)`: a
cell for each customer and each product, most of them empty, of which one number a row is asked. So it is with `pivot`,
`unstack` and `pd.crosstab`.

What to do: ask the long table: `sales.groupby("customer")["product"].nunique()` for how many, `.sum()` or `.max()`
for the rest, `sort_values` and `groupby(...).first()` for the largest of each; of what must be wide a sparse matrix.
Costs: a missing pair is no zero in the long table. The saving is the largest block that the line held, where that is
most of it. Said only where a recording tells how much that is. Clean: wide tables of which anything else is used, be it
a mean; what is narrow beside the table that it is made from.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source, keyword
from heapwise.lint.texts import made_by
from heapwise.lint.uses import all_uses

CODE = "HW767"
TITLE = "a table is made wide for totals of its rows"
SIZED = True
NEEDS = ("pivot_table", "crosstab", "pivot", "unstack")
_TOTALS = {"sum", "count", "max", "any", "nunique", "idxmax", "idxmin"}
_TESTS = {"gt", "ge", "ne", "lt", "le", "eq", "notna", "notnull", "isna", "fillna", "astype"}
_DEPTH = 6


def look(source: Source) -> Iterator[Hit]:
    """Calls that make a wide table of which totals of rows alone are used."""
    for call in source.of(ast.Call):
        if last_name(call.func) not in NEEDS or not isinstance(call.func, ast.Attribute):
            continue
        if call.func.attr == "unstack" and not _is_grouped(source, call.func.value):
            continue
        uses = all_uses(source, call)
        if uses and all(_is_total(source, each.place, _DEPTH) for each in uses):
            yield hit(
                source, call, CODE, TITLE, "a cell for each pair is there at once, for one figure a row",
                saves=Saves.LARGEST,
                fix="groupby(index)[columns].nunique() of the long table, sum() or max(), or sort_values() and first()",
            )  # fmt: skip


def _is_grouped(source: Source, node: ast.expr) -> bool:
    """Whether it is what groups of a table come to: `sales.groupby(...).amount.sum()`, or the one name of that."""
    made = made_by(source, node)
    node = made[0] if len(made) == 1 else node
    while isinstance(node, (ast.Attribute, ast.Call, ast.Subscript)):
        if isinstance(node, ast.Call) and last_name(node.func) == "groupby":
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return False


def _is_total(source: Source, place: ast.expr, depth: int) -> bool:
    """Whether a use of a wide table comes to a total of each row, be it of a test of each cell."""
    above = source.parent(place)
    if depth == 0:
        return False
    if isinstance(above, ast.Compare) and above.left is place:
        plain = all(isinstance(each, ast.Constant) for each in above.comparators)
        return plain and _is_total(source, above, depth - 1)
    if not isinstance(above, ast.Attribute) or not isinstance(above.ctx, ast.Load):
        return False
    call = source.parent(above)
    if not isinstance(call, ast.Call) or call.func is not above:
        return False
    if above.attr in _TOTALS:
        axis = keyword(call, "axis") or next(iter(call.args), None)
        return isinstance(axis, ast.Constant) and axis.value in (1, "columns")
    plain = all(isinstance(each, (ast.Constant, ast.Name)) for each in call.args)
    return above.attr in _TESTS and plain and _is_total(source, call, depth - 1)
