"""HW762: all rows are read, and a few are kept.

`frame = pd.read_parquet(path)` and then `frame = frame[frame["day"] == 17]` has every row in memory, and for a moment
the kept ones twice. A parquet file tells the least and the largest value of each of its groups of rows, so that a
reader leaves out those that have none.

What to do: `pd.read_parquet(path, filters=[("day", "==", 17)])`, with `columns=` beside it; so `pq.read_table`. Costs:
nothing. Said only where a recording tells how much it is. Clean: tables that are used otherwise, too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source, keyword

CODE = "HW762"
TITLE = "all rows read, and a few kept"
SIZED = True
NEEDS = ("read_parquet", "read_table")
_READERS = {
    "pandas.read_parquet": "query", "pyarrow.parquet.read_table": "filter", "polars.read_parquet": "filter",
}  # fmt: skip
"""What reads -> the method of its tables that leaves rows out: that of pandas called `filter` leaves columns out."""


def look(source: Source) -> Iterator[Hit]:
    """Tables of which nothing is used but what a condition leaves."""
    for call in source.of(ast.Call):
        if source.called(call) not in _READERS or keyword(call, "filters") is not None:
            continue
        kept = _kept(source, call)
        if kept is not None:
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} reads every row, and {shown(kept)} keeps some",
                saves=Saves.FILTERED, fix=_fix(source.called(call)),
                also=_lines_of(kept, call),
            )  # fmt: skip


def _lines_of(kept: ast.expr, call: ast.expr) -> tuple[int, ...]:
    own = set(range(call.lineno, (call.end_lineno or call.lineno) + 1))
    return tuple(sorted(set(range(kept.lineno, (kept.end_lineno or kept.lineno) + 1)) - own))


def _fix(reader: str) -> str:
    if reader.startswith("polars."):
        return "pl.scan_parquet(path).filter(...).collect()"
    return 'filters=[("column", "==", value)]'


def _kept(source: Source, call: ast.Call) -> ast.expr | None:
    """The only thing that is made of a table: `table[condition]`, `table.query(...)`; None of others."""
    above, method = source.parent(call), _READERS[source.called(call)]
    if isinstance(above, ast.Attribute):
        return _filtered(source, call, method)
    if (
        not isinstance(above, ast.Assign)
        or len(above.targets) != 1
        or not isinstance(above.targets[0], ast.Name)
    ):
        return None
    name, function = above.targets[0].id, source.function(call)
    uses = sorted(
        (
            each
            for each in source.loads.get(name, ())
            if source.function(each) is function and each.lineno > above.lineno
        ),
        key=lambda each: (each.lineno, each.col_offset),
    )
    found = _filtered(source, uses[0], method) if uses else None
    if found is None or source.loop(uses[0]) is not source.loop(call):
        return None
    inside = {id(node) for node in ast.walk(found)}
    bound = source.parent(found)
    again = isinstance(bound, ast.Assign) and [ast.unparse(each) for each in bound.targets] == [
        name
    ]
    alone = all(id(each) in inside for each in uses if not again or each.lineno <= found.lineno)
    return found if alone else None


def _filtered(source: Source, table: ast.expr, method: str) -> ast.expr | None:
    """`table[table.day == 17]`, `table.loc[table["day"] == 17]`, `table.query("day == 17")`."""
    above = source.parent(table)
    if isinstance(above, ast.Attribute) and above.value is table:
        outer = source.parent(above)
        if above.attr == "loc" and isinstance(outer, ast.Subscript) and outer.value is above:
            return outer if _is_condition(outer.slice) else None
        return (
            outer
            if above.attr == method and isinstance(outer, ast.Call) and outer.func is above
            else None
        )
    if isinstance(above, ast.Subscript) and above.value is table and _is_condition(above.slice):
        return above
    return None


def _is_condition(node: ast.expr) -> bool:
    """Whether it compares a column with something; several may be joined by `&`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
        return _is_condition(node.left) and _is_condition(node.right)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr == "isin"
    return isinstance(node, ast.Compare) and len(node.ops) == 1
