"""HW752: a whole table is fetched from a database, to be reduced.

`pandas.read_sql(query, db)` fetches every row as a tuple, and makes columns of all, where then a sum, a count, a
greatest or a few groups are asked for, or the rows are gone through one by one.

What to do: let the database add up (`select customer, sum(amount) ... group by customer`); or `chunksize=10_000`, and
add up what each part comes to, `total.add(part.groupby(...).sum(), fill_value=0)`. A mean is the sum of sums by the sum
of counts. Costs: the sum is written in SQL. Said only where a recording tells how much it is. Clean: tables that are
kept, sorted, joined, drawn or handed on, or that a median or a quantile needs; queries that group or limit their rows.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from heapwise.lint.flow import keeps_items, reads_once
from heapwise.lint.reductions import is_only_reduced
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source, keyword
from heapwise.lint.texts import made_by
from heapwise.lint.uses import single_uses

CODE = "HW752"
TITLE = "a table fetched whole to be reduced"
SIZED = True
NEEDS = ("read_sql",)
_READERS = {f"pandas.{name}" for name in ("read_sql", "read_sql_query", "read_sql_table")}
_ROWS = ("itertuples", "iterrows")
_FEW = re.compile(r"\bgroup\s+by\b|\blimit\s", re.IGNORECASE)


def look(source: Source) -> Iterator[Hit]:
    """`pandas.read_sql` without `chunksize`, of which only sums and the like, or row by row, are taken."""
    for call in source.of(ast.Call):
        if source.dotted(call.func) not in _READERS or not call.args or _is_in_parts(call):
            continue
        if any(map(_is_of_few, made_by(source, call.args[0]))):
            continue
        by_row = _is_walked(source, call)
        if by_row or is_only_reduced(source, call):
            yield hit(
                source, call, CODE, TITLE,
                f"{shown(call)} fetches all rows, {'to go through them' if by_row else 'and they are only reduced'}",
                saves=Saves.WHOLE,
                fix="for part in pandas.read_sql(..., chunksize=10_000), or let the database add up",
            )  # fmt: skip


def _is_in_parts(call: ast.Call) -> bool:
    size = keyword(call, "chunksize")
    if size is None:
        return any(each.arg is None for each in call.keywords)
    return not (isinstance(size, ast.Constant) and size.value is None)


def _is_of_few(query: ast.expr) -> bool:
    """Whether the text of a query groups or limits its rows; a chain of calls may do so as well."""
    return _FEW.search(ast.unparse(query)) is not None or any(
        isinstance(n, ast.Attribute) and n.attr in ("group_by", "limit") for n in ast.walk(query)
    )


def _is_walked(source: Source, call: ast.Call) -> bool:
    """Whether all that is done with a table is to go through its rows once, and none is kept."""
    uses = single_uses(source, call)
    if uses is None or len(uses) != 1:
        return False
    method = source.parent(uses[0].place)
    rows = source.parent(method) if isinstance(method, ast.Attribute) else None
    if not isinstance(method, ast.Attribute) or not isinstance(rows, ast.Call):
        return False
    taken = method.attr in _ROWS and rows.func is method
    return taken and reads_once(source, rows) and not keeps_items(source, rows)
