"""HW727: whole copies are kept as a history.

`self.log.append((name, table.copy()))` keeps the table as it was, every time; where later only its length, its shape,
one column or a mean is asked for, or nothing at all, the rest is kept for nobody.

What to do: keep what is asked for (`self.log.append((name, len(table)))`), or write the copies to files. Costs: the
copies cannot be gone back to. Said only where a recording tells how much it is. Clean: histories that are gone back to,
handed on, or kept short.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.history import History, histories
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source

CODE = "HW727"
TITLE = "whole copies kept as a history"
SIZED = True
NEEDS = (".copy(", "deepcopy(", ".clone(")
_SMALL = {"shape", "size", "nbytes", "ndim", "dtype", "dtypes", "columns"}
_FUNCTIONS = {
    "len", "sum", "min", "max", "any", "all", "id", "hash", "type", "isinstance", "bool", "numpy.sum", "numpy.mean",
    "numpy.max", "numpy.min", "numpy.std", "numpy.median", "numpy.linalg.norm", "numpy.shape",
}  # fmt: skip
_REDUCES = {
    "sum", "mean", "max", "min", "std", "var", "median", "prod", "any", "all", "count", "nunique", "argmax", "argmin",
    "item",
}  # fmt: skip
_MOST_COLUMNS = 2


def look(source: Source) -> Iterator[Hit]:
    """Copies that are put into lists or dicts which only grow, and are read for little."""
    for call in source.of(ast.Call):
        if not _is_copy(source, call):
            continue
        for history in histories(source, call):
            uses = history.uses()
            if uses is not None and _only_parts(source, history, uses):
                asked = "only little of them is read" if uses else "nothing of them is read"
                yield hit(
                    source, call, CODE, TITLE, f"every {shown(call)} stays in {history.name}, and {asked}",
                    saves=Saves.WHOLE, fix="keep what is asked for (its length, shape, a column, a mean)",
                )  # fmt: skip


def _is_copy(source: Source, call: ast.Call) -> bool:
    if source.dotted(call.func) == "copy.deepcopy":
        return len(call.args) == 1
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    plain = not call.args and all(each.arg == "deep" for each in call.keywords)
    return method in ("copy", "clone") and plain


def _only_parts(source: Source, history: History, uses: list[ast.expr]) -> bool:
    """Whether all uses of copies ask for little; where there are none, whether nobody else can see them."""
    if not uses:
        return history.is_private
    columns = set()
    for use in uses:
        above = source.parent(use)
        if (
            isinstance(above, ast.Subscript)
            and above.value is use
            and isinstance(above.ctx, ast.Load)
        ):
            if not isinstance(above.slice, ast.Constant) or not isinstance(above.slice.value, str):
                return False
            columns.add(above.slice.value)
        elif not _is_small(source, use, above):
            return False
    return len(columns) <= _MOST_COLUMNS


def _is_small(source: Source, use: ast.expr, above: ast.AST | None) -> bool:
    if isinstance(above, ast.Attribute):
        call = source.parent(above)
        if isinstance(call, ast.Call) and call.func is above:
            return above.attr in _REDUCES
        return above.attr in _SMALL
    return (
        isinstance(above, ast.Call)
        and above.args[:1] == [use]
        and source.dotted(above.func) in _FUNCTIONS
    )
