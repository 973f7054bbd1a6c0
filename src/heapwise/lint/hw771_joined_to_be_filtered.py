"""HW771: every pair is joined, to keep the nearest of each.

`pairs = trades.merge(quotes, on="symbol")`, then `pairs[pairs["quoted"] <= pairs["time"]]`, then the last of each
group: the join makes a row of every trade with every quote of its symbol, and the filter copies half of them, for one
row of each trade. As does the join that is sorted, `pairs.sort_values("seen").drop_duplicates("event")`, for the first
of each.

What to do: `pd.merge_asof(trades, quotes, on="time", by="symbol")` of tables that are sorted by time, which takes the
nearest as it goes; where one table alone tells which row is the first, `drop_duplicates` of it before the join; of
intervals DuckDB's or SQLite's join with the condition in it, or a part of the keys at a time.
Costs: both tables must be sorted. The saving is the join, and the filtered copy where of that one row a group is taken.
Said only where a recording tells how much that is. Clean: joins of which the pairs are used otherwise.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from heapwise.analyze.statement import last_name
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.single_use import block_of
from heapwise.lint.source import Source

CODE = "HW771"
TITLE = "all pairs are joined to be filtered"
SIZED = True
NEEDS = ("merge(", "join(")
_JOINS = {"merge", "join"}
_ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_ONE_OF_EACH = frozenset((
    "idxmax", "idxmin", "first", "last", "head", "tail", "nth", "max", "min", "drop_duplicates",
))  # fmt: skip


def look(source: Source) -> Iterator[Hit]:
    """Joins whose rows are filtered by two of their columns, or sorted for the first of each, and read nowhere else."""
    for node in source.of(ast.Assign):
        name = _name(node)
        if not name or not _joins(node.value):
            continue
        block = block_of(source, node)
        after = block[block.index(node) + 1 :] if node in block else []
        kept = after[0] if after else None
        rest = after[1:]
        if not isinstance(kept, ast.Assign):
            continue
        ordered = _is_sorted(kept.value, name) and _is_once(rest, _name(kept))
        if not _is_filtered(kept.value, name) and not ordered:
            continue
        if _name(kept) != name and any(_reads(each, name) for each in rest):
            continue
        lines = range(kept.lineno, (kept.end_lineno or kept.lineno) + 1)
        yield hit(
            source, node.value, CODE, TITLE, "every pair is a row, of which some are kept", saves=Saves.WHOLE,
            also=tuple(lines) if _is_one_of_each(rest, _name(kept)) else (),
            fix="drop_duplicates of the one table before the join, or pd.merge_asof(..., by=...) of sorted ones"
            if ordered
            else "pd.merge_asof(..., by=...) of sorted tables, or the condition in the join",
        )  # fmt: skip


def _name(node: ast.Assign) -> str:
    target = node.targets[0] if len(node.targets) == 1 else None
    return target.id if isinstance(target, ast.Name) else ""


def _joins(node: ast.expr) -> bool:
    """A call of a table's or of pandas, with a key by name: no `", ".join(parts)`."""
    is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_method and last_name(node.func) in _JOINS and bool(node.args and node.keywords)  # type: ignore[attr-defined]


def _is_filtered(node: ast.expr, name: str) -> bool:
    """`pairs[pairs["a"] <= pairs["b"]]`, and nothing else of it."""
    if not isinstance(node, ast.Subscript) or not _is_name(node.value, name):
        return False
    return any(
        isinstance(each, ast.Compare)
        and isinstance(each.ops[0], _ORDERS)
        and all(_is_column(side, name) for side in (each.left, each.comparators[0]))
        for each in ast.walk(node.slice)
    )


def _is_sorted(node: ast.expr, name: str) -> bool:
    """`pairs.sort_values(...)`"""
    is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_method and node.func.attr == "sort_values" and _is_name(node.func.value, name)  # type: ignore[attr-defined]


def _is_once(rest: Sequence[ast.stmt], name: str) -> bool:
    """Whether a name is read once, for one row of each group."""
    reads = sum(_is_name(each, name) for statement in rest for each in ast.walk(statement))
    return reads == 1 and _is_one_of_each(rest, name)


def _is_column(node: ast.expr, name: str) -> bool:
    return isinstance(node, (ast.Subscript, ast.Attribute)) and _is_name(node.value, name)


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _reads(statement: ast.stmt, name: str) -> bool:
    return any(_is_name(each, name) for each in ast.walk(statement))


def _is_one_of_each(rest: Sequence[ast.stmt], name: str) -> bool:
    """Whether one row of each group is asked for, among the statements that follow."""
    calls = [
        each for statement in rest for each in ast.walk(statement) if isinstance(each, ast.Call)
    ]
    return any(last_name(each.func) in _ONE_OF_EACH and _is_of(each, name) for each in calls)


def _is_of(node: ast.AST, name: str) -> bool:
    """Whether a chain of calls begins with a name, and groups it or drops what is double."""
    grouped = isinstance(node, ast.Call) and last_name(node.func) == "drop_duplicates"
    while isinstance(node, (ast.Call, ast.Attribute, ast.Subscript)):
        grouped = grouped or (isinstance(node, ast.Call) and last_name(node.func) == "groupby")
        node = node.func if isinstance(node, ast.Call) else node.value
    return grouped and _is_name(node, name)
