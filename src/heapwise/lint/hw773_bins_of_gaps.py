"""HW773: `resample` makes a bin for every step of the time, and those without rows are dropped.

`frame.resample("1s").mean().dropna()` has a row for each second from the first to the last, whatever lies between: one
clock that was wrong by a month is 2.6 million rows, in each column, several times over while it works.

What to do: `frame.groupby(frame.index.floor("1s")).mean()`: bins that have rows. Costs: nothing where the empty ones
are dropped. Said only where a recording tells how much they take. Clean: bins that are kept as they are.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source

CODE = "HW773"
TITLE = "bins for the gaps between rows"
SIZED = True
NEEDS = ("resample",)
_SUMS = {
    "mean",
    "sum",
    "size",
    "count",
    "min",
    "max",
    "first",
    "last",
    "median",
    "std",
    "nunique",
    "agg",
    "ohlc",
}


def look(source: Source) -> Iterator[Hit]:
    """`x.resample(step).mean()` of which what is missing, or is no more than nothing, is left out."""
    for call in source.of(ast.Call):
        bins = _method(source, call, "resample")
        columns = source.parent(bins) if bins is not None else None
        if isinstance(columns, ast.Subscript) and columns.value is bins:
            bins = columns  # resample(step)["column"]
        summed = _method_of(source, bins, _SUMS) if bins is not None else None
        if summed is not None and _drops_empty(source, summed):
            yield hit(
                source, summed, CODE, TITLE, f"{shown(summed)} has a row for each step, and those without rows go",
                saves=Saves.WHOLE, fix="x.groupby(x.index.floor(step)): a row for each step that has rows",
            )  # fmt: skip


def _method(source: Source, call: ast.Call, name: str) -> ast.expr | None:
    return call if isinstance(call.func, ast.Attribute) and call.func.attr == name else None


def _method_of(source: Source, node: ast.expr, names: set[str]) -> ast.Call | None:
    """The call of one of some methods of what an expression gives."""
    method = source.parent(node)
    call = source.parent(method) if isinstance(method, ast.Attribute) else None
    return call if isinstance(call, ast.Call) and method.attr in names else None  # type: ignore[union-attr]


def _drops_empty(source: Source, summed: ast.Call) -> bool:
    """Whether rows that nothing fell into are left out: at once, or of the name that the sums get."""
    if _method_of(source, summed, {"dropna"}) is not None:
        return True
    above = source.parent(summed)
    if (
        not isinstance(above, ast.Assign)
        or len(above.targets) != 1
        or not isinstance(above.targets[0], ast.Name)
    ):
        return False
    reads = source.reads_of(above.targets[0])
    return reads is not None and any(
        _method_of(source, each, {"dropna"}) is not None or _is_filtered(source, each)
        for each in reads.reads
    )


def _is_filtered(source: Source, name: ast.Name) -> bool:
    """`sums[sums > 0]`, `sums.loc[sums != 0]`."""
    above = source.parent(name)
    if isinstance(above, ast.Attribute) and above.attr == "loc":
        above = source.parent(above)
    if not isinstance(above, ast.Subscript) or not isinstance(above.slice, ast.Compare):
        return False
    [sign, *_], [value, *_] = above.slice.ops, above.slice.comparators
    return (
        isinstance(above.slice.left, ast.Name) and above.slice.left.id == name.id
        and isinstance(sign, (ast.Gt, ast.NotEq)) and isinstance(value, ast.Constant) and value.value == 0
    )  # fmt: skip
