"""HW743: a table of Arrow or polars for every row.

`self.batches.append(pa.RecordBatch.from_pydict({"time": [time], "bid": [bid]}))` takes half a kilobyte a column for one
number: an array, its buffers, padded to 64 bytes, and what describes them.

What to do: append the values to a list a column, and make a batch of every few thousand rows, and of the rest at the
end. Costs: rows are there when their batch is. Said only where a recording tells how much it is. Clean: tables of many
rows; those of one that are written, or given back, and not kept; rows of large values. Those of pandas are HW329.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source
from heapwise.lint.texts import made_by
from heapwise.lint.uses import single_uses

CODE = "HW743"
TITLE = "a table for every row"
SIZED = True
NEEDS = ("pyarrow", "polars")
_COLUMNS = {
    "pyarrow.RecordBatch.from_pydict", "pyarrow.Table.from_pydict", "pyarrow.record_batch", "pyarrow.table",
    "polars.DataFrame", "polars.from_dict", "pyarrow.RecordBatch.from_arrays", "pyarrow.Table.from_arrays",
}  # fmt: skip
_RECORDS = {
    "pyarrow.RecordBatch.from_pylist", "pyarrow.Table.from_pylist", "polars.DataFrame", "polars.from_dicts",
}  # fmt: skip
_ARRAYS = {"pyarrow.array", "polars.Series", "numpy.array"}
_JOINS = {"pyarrow.Table.from_batches", "pyarrow.concat_tables"}
_COPIES = {"polars.concat", "pyarrow.concat_batches"}
_KEEPING = {"append", "appendleft", "put", "put_nowait"}


def look(source: Source) -> Iterator[Hit]:
    """Tables of one row that are appended to a list, or listed."""
    for call in source.of(ast.Call):
        name = source.dotted(call.func)
        if name not in _COLUMNS | _RECORDS or not _is_of_one_row(source, call, name):
            continue
        place = _place(source, call)
        kept = _kept_in(source, place)
        if kept is None:
            continue
        own = set(range(call.lineno, (call.end_lineno or call.lineno) + 1))
        also = {place.lineno, *_joined_at(source, kept)} - own
        yield hit(
            source, call, CODE, TITLE, f"{shown(call)} is kept for every row: its heads take far more than its values",
            saves=Saves.HEADS, also=tuple(sorted(also)),
            fix="a list of values a column, and one batch of some thousand rows",
        )  # fmt: skip


def _is_of_one_row(source: Source, call: ast.Call, name: str) -> bool:
    given = call.args[0] if call.args else None
    if given is None:
        return False
    made = made_by(source, given)
    node = made[0] if len(made) == 1 else given
    if name in _RECORDS and isinstance(node, ast.List) and len(node.elts) == 1:
        listed = node.elts[0]
        return not isinstance(listed, ast.Starred) and not _is_array(source, listed)
    if name not in _COLUMNS:
        return False
    if isinstance(node, (ast.DictComp, ast.ListComp)):
        return _is_one(source, node.value if isinstance(node, ast.DictComp) else node.elt)
    values = node.values if isinstance(node, ast.Dict) else getattr(node, "elts", [])
    return bool(values) and all(_is_one(source, each) for each in values)


def _is_array(source: Source, node: ast.expr) -> bool:
    return source.called(node) in _ARRAYS


def _is_one(source: Source, value: ast.expr) -> bool:
    """`[x]`, `pa.array([x])`."""
    if _is_array(source, value) and isinstance(value, ast.Call):
        given = [each for each in value.args if isinstance(each, (ast.List, ast.Tuple))]
        return len(given) == 1 and _is_one(source, given[0])
    plain = isinstance(value, (ast.List, ast.Tuple)) and len(value.elts) == 1
    return plain and not isinstance(value.elts[0], ast.Starred)  # type: ignore[attr-defined]


def _place(source: Source, call: ast.Call) -> ast.expr:
    """Where the table is used, by its name."""
    uses = single_uses(source, call)
    return uses[0].place if uses is not None and len(uses) == 1 else call


def _kept_in(source: Source, place: ast.expr) -> str | None:
    """What a table is appended to, as source; empty where it is an item of a list that has no name."""
    above = source.parent(place)
    if isinstance(above, (ast.ListComp, ast.DictComp)):
        node = source.parent(above)
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        return ast.unparse(target) if target is not None else ""
    if isinstance(above, (ast.List, ast.Tuple)):
        joined = source.called(source.parent(above)) in _JOINS | _COPIES
        return "" if joined and len(above.elts) > 1 else None
    if not isinstance(above, ast.Call) or place not in above.args:
        return None
    method = above.func
    if isinstance(method, ast.Attribute) and method.attr == "vstack":
        return ""
    if not isinstance(method, ast.Attribute) or method.attr not in _KEEPING:
        return None
    return ast.unparse(method.value)


def _joined_at(source: Source, kept: str) -> set[int]:
    """The lines that join the tables, without a copy of what is in them."""
    return {
        call.lineno
        for call in source.of(ast.Call)
        if source.dotted(call.func) in _JOINS and call.args and ast.unparse(call.args[0]) == kept
    }
