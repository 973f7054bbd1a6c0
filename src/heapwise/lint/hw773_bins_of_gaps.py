"""HW773: `resample` makes a bin for every step of the time, and those without rows are dropped.

`frame.resample("1s").mean().dropna()` has a row for each second from the first to the last, whatever lies between: one
clock that was wrong by a month is 2.6 million rows, in each column, several times over while it works.

What to do: `frame.groupby(frame.index.floor("1s")).mean()`: bins that have rows; `dropna()` of that, where values are
missing in rows as well. Costs: nothing where the empty ones are dropped. Said only where a recording tells how much
they take. Clean: bins that are kept as they are, or used otherwise as well; steps that begin anew each day, or have
other edges.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Set

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source

CODE = "HW773"
TITLE = "bins for the gaps between rows"
SIZED = True
NEEDS = ("resample",)
_STEP = re.compile(r"(\d*)(ms|s|min|t|h|d)", re.IGNORECASE)
_UNITS_MS = {"ms": 1, "s": 1000, "min": 60_000, "t": 60_000, "h": 3_600_000, "d": 86_400_000}
_DAY_MS = 86_400_000
_SUMS = frozenset((
    "mean", "sum", "size", "count", "min", "max", "first", "last", "median", "std", "nunique", "agg", "ohlc",
))  # fmt: skip


def look(source: Source) -> Iterator[Hit]:
    """`x.resample(step).mean()` of which what is missing, or is no more than nothing, is left out."""
    for call in source.of(ast.Call):
        bins: ast.expr | None = call if _has_plain_steps(call) else None
        columns = source.parent(bins) if bins is not None else None
        if isinstance(columns, ast.Subscript) and columns.value is bins:
            bins = columns  # resample(step)["column"]
        summed = _method_of(source, bins, _SUMS) if bins is not None else None
        if summed is not None and _drops_empty(source, summed):
            yield hit(
                source, summed, CODE, TITLE, f"{shown(summed)} has a row for each step, and those without rows go",
                saves=Saves.WHOLE, fix="x.groupby(x.index.floor(step)): a row for each step that has rows",
            )  # fmt: skip


def _has_plain_steps(call: ast.Call) -> bool:
    """Whether it is `resample(step)` of the index, of steps that `floor` divides in the same places: so many to a
    day."""
    if getattr(call.func, "attr", "") != "resample" or len(call.args) != 1 or call.keywords:
        return False
    step = call.args[0]
    found = (
        _STEP.fullmatch(step.value)
        if isinstance(step, ast.Constant) and isinstance(step.value, str)
        else None
    )
    return found is not None and _DAY_MS % (int(found[1] or 1) * _UNITS_MS[found[2].lower()]) == 0


def _method_of(source: Source, node: ast.expr, names: Set[str]) -> ast.Call | None:
    """The call of one of some methods of what an expression gives."""
    method = source.parent(node)
    call = source.parent(method) if isinstance(method, ast.Attribute) else None
    return call if isinstance(call, ast.Call) and method.attr in names else None  # type: ignore[union-attr]


def _drops_empty(source: Source, summed: ast.Call) -> bool:
    """Whether rows that nothing fell into are left out: at once, or of the name that the sums get."""
    if _drops(source, summed):
        return True
    above = source.parent(summed)
    if (
        not isinstance(above, ast.Assign)
        or len(above.targets) != 1
        or not isinstance(above.targets[0], ast.Name)
    ):
        return False
    found = source.reads_of(above.targets[0])
    reads = found.reads if found is not None else []
    left_out = [each for each in reads if _drops(source, each) or _is_filtered(source, each)]
    return bool(left_out) and all(
        each in left_out
        or _method_of(source, each, {"max", "sum"}) is not None
        or _is_compared(source, each)
        for each in reads
    )


def _drops(source: Source, node: ast.expr) -> bool:
    """`sums.dropna()`, of rows."""
    call = _method_of(source, node, {"dropna"})
    return call is not None and not call.args and all(each.arg == "how" for each in call.keywords)


def _is_compared(source: Source, name: ast.Name) -> bool:
    """`sums > 0`, whatever is done with it."""
    above = source.parent(name)
    return isinstance(above, ast.Compare) and above.left is name and _is_more_than_none(above)


def _is_more_than_none(test: ast.Compare) -> bool:
    [sign, *_], [value, *_] = test.ops, test.comparators
    return (
        isinstance(sign, (ast.Gt, ast.NotEq))
        and isinstance(value, ast.Constant)
        and value.value == 0
    )


def _is_filtered(source: Source, name: ast.Name) -> bool:
    """`sums[sums > 0]`, `sums.loc[sums != 0]`."""
    above = source.parent(name)
    if isinstance(above, ast.Attribute) and above.attr == "loc":
        above = source.parent(above)
    if not isinstance(above, ast.Subscript) or not isinstance(above.slice, ast.Compare):
        return False
    left = above.slice.left
    return isinstance(left, ast.Name) and left.id == name.id and _is_more_than_none(above.slice)
