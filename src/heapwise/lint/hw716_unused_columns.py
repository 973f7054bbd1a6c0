"""HW716: all columns of a table are read, and a few are used.

`pd.read_csv(path)` makes every column; where later code names three of twenty, seventeen were parsed and kept for
nothing, texts the dearest of them.

The table is followed through the functions of the module that make it, hand it on, and filter or group it.

What to do: `usecols=[...]` (`columns=[...]` for Parquet, ORC and Feather). The saving is the share of the columns that
are not named, where a snapshot tells how many there are, and four fifths otherwise, of what the process grew by in that
line, where the peak was there; and half of what the line held in memory where it was elsewhere. Of Arrow's tables that
is what its pool had touched. Costs: a column that is wanted later must be named. Said only where a recording tells how
much that is. Of a table that a function hands on to what is not in sight it is said where a snapshot shows that it has
three times as many columns as the program names. Clean: other tables that are handed on, written out, or looked at as a
whole; files that the program wrote itself, with no other columns.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.columns import columns_of, strings
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source, keyword

CODE = "HW716"
TITLE = "columns that nobody uses"
SIZED = True
NEEDS = ("read_csv", "read_parquet", "read_feather", "read_table", "read_orc", "read_ipc")
_READERS = {
    "pandas.read_csv": "usecols", "pandas.read_table": "usecols", "pandas.read_parquet": "columns",
    "pandas.read_feather": "columns", "pandas.read_orc": "columns", "polars.read_csv": "columns",
    "polars.read_parquet": "columns", "polars.read_ipc": "columns", "pyarrow.parquet.read_table": "columns",
    "pyarrow.orc.read_table": "columns", "pyarrow.feather.read_table": "columns",
    "pyarrow.feather.read_feather": "columns",
}  # fmt: skip
_BY_COLUMNS = {"pandas.read_parquet", "pandas.read_feather", "pandas.read_orc"}
_MAKERS = {"pandas.DataFrame", "polars.DataFrame", "pyarrow.table", "pyarrow.Table.from_pydict"}
_FEW = 8


def look(source: Source) -> Iterator[Hit]:
    """Frames whose every use names columns."""
    for call in source.of(ast.Call):
        option = _READERS.get(source.dotted(call.func), "")
        if not option or keyword(call, option) is not None:
            continue
        read_with = _named_in_call(call)
        if read_with is None:
            continue
        used = columns_of(source, call)
        given = columns_of(source, call, given=True) if used is None else set()
        if used:
            yield from _unused(source, call, option, used | read_with)
        elif given:
            named = given | read_with | _typed(call)
            if len(named) <= _FEW:
                shown = ", ".join(repr(each) for each in sorted(named))
                yield hit(
                    source, call, CODE, TITLE, f"of the table, which is handed on, the program names only {shown}",
                    saves=Saves.COLUMNS, fix=f"{option}=[{shown}], if nobody else needs more",
                    columns=tuple(sorted(named)), if_wide=True,
                )  # fmt: skip


def _unused(source: Source, call: ast.Call, option: str, names: set[str]) -> Iterator[Hit]:
    whole = [strings(keyword(call, "names")), *_written(source)]
    if len(names) > _FEW or any(each and each <= names for each in whole):
        return
    shown = ", ".join(repr(each) for each in sorted(names))
    by_arrow = source.dotted(call.func).startswith("pyarrow.")
    saves = Saves.COLUMNS_IN_POOL if by_arrow else Saves.COLUMNS
    if source.dotted(call.func) in _BY_COLUMNS:
        saves = Saves.COLUMNS_TOUCHED
    says = f"of the table only {shown} are used"
    if by_arrow:
        says += "; what was read is in Arrow's pool"
    yield hit(
        source, call, CODE, TITLE, says, saves=saves, fix=f"{option}=[{shown}]", columns=tuple(sorted(names))
    )  # fmt: skip


def _typed(call: ast.Call) -> set[str]:
    """The columns that reading is told the types of."""
    given = keyword(call, "dtype")
    keys = given.keys if isinstance(given, ast.Dict) else ()
    return {name for key in keys for name in strings(key)}


def _written(source: Source) -> Iterator[set[str]]:
    """The columns of each table that the module makes of a dict, all named: one may be what it reads."""
    for call in source.of(ast.Call):
        made = call.args[0] if call.args and source.dotted(call.func) in _MAKERS else None
        if isinstance(made, ast.Dict) and None not in made.keys:  # as of `**more`
            keys = {each.value for each in made.keys if isinstance(each, ast.Constant)}
            yield {each for each in keys if isinstance(each, str)}


def _named_in_call(call: ast.Call) -> set[str] | None:
    """The columns that reading itself needs; None where that may be others."""
    found: set[str] = set()
    for each in call.keywords:
        constant = each.value.value if isinstance(each.value, ast.Constant) else ...
        if each.arg is None or each.arg in ("chunksize", "iterator"):
            return None
        if each.arg == "header" and constant is ...:
            return None
        if each.arg in ("index_col", "parse_dates"):
            plain = constant is None or isinstance(constant, bool)
            names = strings(each.value)
            if not names and not plain:
                return None
            found |= names
    return found
