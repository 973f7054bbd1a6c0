"""HW763: a table is read whole for its totals.

`views = pd.read_csv(path)`, then `views.groupby("agent").ms.sum()`: every row is in memory at once, and its text while
it is parsed, for figures that could be added up part by part.

What to do: `for part in pd.read_csv(path, usecols=[...], chunksize=50_000)`, `pd.read_json(path, lines=True,
chunksize=50_000)`, and add up what each comes to; of sums,
counts, least and greatest values the same, of a mean its sum and its count. Costs: a loop, and a second step for the
parts. The saving is what the line held. Said only where a recording tells how much that is. Clean: tables of which
anything else is used; medians and other figures that need all rows at once; reading that names its columns, types or
rows, which has been thought about.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.columns import is_mask, strings
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source, is_true, keyword
from heapwise.lint.uses import all_uses

CODE = "HW763"
TITLE = "a table is read whole for its totals"
SIZED = True
NEEDS = ("read_csv", "read_table", "read_json")
_READERS = {"pandas.read_csv", "pandas.read_table"}
_TUNED = {"usecols", "dtype", "nrows", "chunksize", "iterator", "skiprows", "converters"}
_TOTALS = {"sum", "count", "min", "max", "size", "mean", "prod", "any", "all", "value_counts"}
_OF_EACH = {"astype", "fillna", "abs", "round", "clip"}
"""What makes a value of each."""
_DEPTH = 6


def look(source: Source) -> Iterator[Hit]:
    """Calls that read a table of which totals alone are used."""
    for call in source.of(ast.Call):
        if source.dotted(call.func) not in _READERS and not _reads_lines(source, call):
            continue
        if any(each.arg is None or each.arg in _TUNED for each in call.keywords):
            continue
        if _are_totals(source, call, _DEPTH):
            reader = last_name(call.func)
            yield hit(
                source, call, CODE, TITLE, "all rows are there at once, for totals that could be added up part by part",
                saves=Saves.WHOLE, fix=f"for part in pd.{reader}(..., chunksize=50_000): add up what each comes to",
            )  # fmt: skip


def _reads_lines(source: Source, call: ast.Call) -> bool:
    """Whether JSON is read of which each line is a row."""
    return source.dotted(call.func) == "pandas.read_json" and is_true(keyword(call, "lines"))


def _are_totals(source: Source, table: ast.expr, depth: int) -> bool:
    uses = all_uses(source, table)
    return (
        bool(uses)
        and depth > 0
        and all(_is_total(source, each.place, depth) for each in uses or ())
    )


def _is_total(source: Source, place: ast.expr, depth: int) -> bool:
    """Whether a use of a table, or of a column, comes to a total of it, be it of the rows that are chosen."""
    above = source.parent(place)
    if isinstance(above, ast.Subscript) and above.value is place:
        chosen = bool(strings(above.slice)) or is_mask(source, above.slice)
        return chosen and isinstance(above.ctx, ast.Load) and _are_totals(source, above, depth - 1)
    if isinstance(above, ast.Call) and source.called(above) == "len":
        return True
    if isinstance(above, ast.BinOp):
        return _is_of_its_rows(above, place) and _are_totals(source, above, depth - 1)
    if isinstance(above, ast.Call) and place in above.args:  # a column that tells groups apart
        return last_name(above.func) == "groupby" and _are_totals(source, above, depth - 1)
    if isinstance(above, ast.Compare):  # a column in a test that chooses rows
        outer = source.parent(above)
        return isinstance(outer, ast.Subscript) and outer.slice is above
    if not isinstance(above, ast.Attribute) or not isinstance(above.ctx, ast.Load):
        return False
    call = source.parent(above)
    if not isinstance(call, ast.Call) or call.func is not above:
        return above.attr not in ("values", "T") and _are_totals(source, above, depth - 1)
    if above.attr == "groupby" or above.attr in _OF_EACH:
        return _are_totals(source, call, depth - 1)
    if above.attr in ("agg", "aggregate"):
        return _names_totals(call)
    return above.attr in _TOTALS


def _is_of_its_rows(made: ast.BinOp, place: ast.expr) -> bool:
    """Whether what is reckoned needs the columns of one table alone, and constants: so it can be done part by part."""
    named = {n.id for n in ast.walk(made) if isinstance(n, ast.Name)}
    return named == {n.id for n in ast.walk(place) if isinstance(n, ast.Name)} and not any(
        isinstance(n, ast.Call) for n in ast.walk(made)
    )


def _names_totals(call: ast.Call) -> bool:
    """Whether `agg("sum")`, `agg({"km": "sum"})` or `agg(km=("km", "sum"))` asks for totals alone."""
    asked: list[ast.expr | None] = [call.args[0]] if len(call.args) == 1 else []
    if asked and isinstance(asked[0], ast.Dict):
        asked = [*asked[0].values]
    for each in call.keywords:
        pair = each.value.elts if isinstance(each.value, ast.Tuple) else []
        asked.append(pair[1] if each.arg and len(pair) == 2 else None)
    return (
        bool(asked)
        and len(call.args) <= 1
        and all(strings(each) and strings(each) <= _TOTALS for each in asked)
    )
