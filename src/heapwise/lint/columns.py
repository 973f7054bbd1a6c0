"""The columns of a table (pandas, polars) that a program uses, wherever it does."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from heapwise.lint.source import Source, keyword
from heapwise.lint.uses import Use, all_uses, uses_of_target

_BLIND = {"index", "empty", "num_rows"}
_DEPTH = 8
_SAME_ROWS = {
    "head", "tail", "sample", "copy", "reset_index", "sort_index", "infer_objects", "slice", "to_pandas",
    "combine_chunks",
}  # fmt: skip
"""Methods that give a table with the same columns, and look at none."""
_OF_INDEX = {"index", "level_0"}
"""Columns that `reset_index()` makes."""
_BY_COLUMN = {
    "sort_values": "by", "set_index": "keys", "dropna": "subset", "drop_duplicates": "subset",
    "nlargest": "columns", "nsmallest": "columns",
}  # fmt: skip
"""The same of those that look at the columns that they name."""
_OF_GROUPS = {"size", "ngroup", "cumcount"}
_MASKS = {"isin", "notna", "isna", "notnull", "isnull", "between", "duplicated"}
_MASKS_OF_TEXT = {"contains", "startswith", "endswith", "match", "fullmatch"}
_OWN = {
    "columns", "values", "dtypes", "shape", "size", "ndim", "T", "axes", "style", "plot", "sparse", "flags", "attrs",
    "at", "iat", "iloc", "loc", "hist", "boxplot", "str", "dt", "cat", "schema", "width", "height", "lazy",
    "column_names", "num_columns", "nbytes",
}  # fmt: skip
"""Attributes of a table that are no columns of it."""

Names = set[str] | None
"""The columns; None where others may be needed."""


def columns_of(
    source: Source, node: ast.expr, depth: int = _DEPTH, *, given: bool = False
) -> Names:
    """The columns that are used of the table that an expression gives. given: those in sight, where a function returns
    it to callers that are not."""
    return _together(source, all_uses(source, node, given=given), depth)


def _together(source: Source, uses: list[Use] | None, depth: int) -> Names:
    if uses is None or not depth:
        return None
    return _all(_of_use(source, each.place, depth) for each in uses)


def _all(parts: Iterable[Names]) -> Names:
    found: set[str] = set()
    for each in parts:
        if each is None:
            return None
        found |= each
    return found


def _of_use(source: Source, place: ast.expr, depth: int) -> Names:
    above = source.parent(place)
    if isinstance(above, ast.Subscript) and above.value is place:
        if not isinstance(above.ctx, ast.Load):
            return None
        names = strings(above.slice)
        if names:
            return names
        chosen = is_mask(source, above.slice)
        return columns_of(source, above, depth - 1) if chosen else None
    if isinstance(above, ast.Call) and source.called(above) == "len":
        return set()
    return _of_attribute(source, above, depth) if isinstance(above, ast.Attribute) else None


def _of_attribute(source: Source, attribute: ast.Attribute, depth: int) -> Names:
    name, above = attribute.attr, source.parent(attribute)
    if not isinstance(attribute.ctx, ast.Load):
        return None
    if name in _BLIND:
        return set()
    if isinstance(above, ast.Subscript) and above.value is attribute:
        return _of_places(source, name, above, depth)
    if not isinstance(above, ast.Call) or above.func is not attribute:
        return None if name in _OWN or name.startswith("_") else {name}
    if name in ("groupby", "group_by"):
        keys = _argument(above, "by")
        return _with(strings(keys), _of_groups(source, above, depth))
    if name in ("itertuples", "iterrows"):
        return _of_rows(source, above, name)
    if name in _SAME_ROWS:
        used = columns_of(source, above, depth - 1)
        return used - _OF_INDEX if used and name == "reset_index" else used
    if name in _BY_COLUMN:
        given = keyword(above, _BY_COLUMN[name])
        first = 1 if name in ("nlargest", "nsmallest") else 0
        if given is None and len(above.args) > first:
            given = above.args[first]
        return _with(strings(given), columns_of(source, above, depth - 1))
    if name in ("select", "column"):  # of polars and Arrow; an expression, or a number, is not told
        chosen = (strings(each) or None for each in above.args)
        return _all(chosen) if above.args and not above.keywords else None
    if name == "query":
        return _with(_of_query(_argument(above, "expr")), columns_of(source, above, depth - 1))
    if name == "pivot_table":
        parts = [keyword(above, each) for each in ("values", "index", "columns")]
        named = (strings(each) or None for each in parts if each is not None)
        return _all(named) if parts[0] is not None and not above.args else None
    return None


def _of_places(source: Source, name: str, place: ast.Subscript, depth: int) -> Names:
    """`frame.loc[rows, "a"]`, `frame.loc[rows]`, `frame.iloc[:10]`, `frame.shape[0]`."""
    inner = place.slice
    if not isinstance(place.ctx, ast.Load):
        return None
    if name == "shape":
        return set() if isinstance(inner, ast.Constant) and inner.value == 0 else None
    if name in ("loc", "at") and isinstance(inner, ast.Tuple):
        return (strings(inner.elts[1]) or None) if len(inner.elts) == 2 else None
    if (name == "loc" and is_mask(source, inner)) or (
        name == "iloc" and isinstance(inner, ast.Slice)
    ):
        return columns_of(source, place, depth - 1)
    return None if name in _OWN else {name}


def _of_groups(source: Source, node: ast.expr, depth: int) -> Names:
    """The columns that are used of the groups that an expression gives."""
    uses = all_uses(source, node)
    if uses is None or not depth:
        return None
    return _all(_of_group(source, each.place, depth) for each in uses)


def _of_group(source: Source, place: ast.expr, depth: int) -> Names:
    above = source.parent(place)
    if isinstance(above, ast.Subscript) and above.value is place:
        return strings(above.slice) or None
    if isinstance(above, (ast.For, ast.comprehension)) and above.iter is place:
        target = above.target
        pair = isinstance(target, ast.Tuple) and len(target.elts) == 2
        rows = target.elts[1] if pair else target  # type: ignore[attr-defined]
        return _together(source, uses_of_target(source, rows), depth - 1)
    if isinstance(above, ast.Call) and source.called(above) == "len":
        return set()
    call = source.parent(above) if isinstance(above, ast.Attribute) else None
    if not isinstance(above, ast.Attribute):
        return None
    if not isinstance(call, ast.Call) or call.func is not above:
        if above.attr in ("ngroups", "groups", "indices"):
            return set()
        return None if above.attr in _OWN or above.attr.startswith("_") else {above.attr}
    if above.attr in _OF_GROUPS:
        return set()
    return _aggregated(call) if above.attr in ("agg", "aggregate") else None


def _aggregated(call: ast.Call) -> Names:
    """`agg(hits=("sent", "size"))`, `agg({"sent": "sum"})`."""
    parts: list[Names] = []
    for given in call.args:
        if not isinstance(given, ast.Dict):
            return None
        parts += [strings(key) if key is not None else None for key in given.keys]
    for each in call.keywords:
        value = each.value
        if isinstance(value, ast.Tuple) and len(value.elts) == 2:
            parts.append(strings(value.elts[0]) or None)
        elif isinstance(value, ast.Call):
            named = keyword(value, "column") or (value.args[0] if value.args else None)
            parts.append(strings(named) or None)
        else:
            return None
    return _all(each or None for each in parts) if parts else None


def _of_rows(source: Source, call: ast.Call, name: str) -> Names:
    """`for row in frame.itertuples(): row.a`, `for _, row in frame.iterrows(): row["a"]`."""
    above = source.parent(call)
    if not isinstance(above, (ast.For, ast.comprehension)) or above.iter is not call:
        return None
    target: ast.expr = above.target
    if name == "iterrows":
        pair = isinstance(target, ast.Tuple) and len(target.elts) == 2
        target = target.elts[1] if pair else call  # type: ignore[attr-defined]
    uses = uses_of_target(source, target)
    return None if uses is None else _all(_of_row(source, each.place, name) for each in uses)


def _of_row(source: Source, row: ast.expr, name: str) -> Names:
    above = source.parent(row)
    if name == "iterrows":
        taken = isinstance(above, ast.Subscript) and above.value is row
        return (strings(above.slice) or None) if taken else None  # type: ignore[union-attr]
    if not isinstance(above, ast.Attribute) or above.attr.startswith("_"):
        return None
    return set() if above.attr == "Index" else {above.attr}


def _of_query(node: ast.expr | None) -> Names:
    """The names in the text of a query, but for `@name`."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return None
    try:
        tree = ast.parse(node.value.replace("@", "_at_").strip(), mode="eval")
    except SyntaxError:
        return None
    named = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    return {each for each in named if not each.startswith("_at_")} or None


def is_mask(source: Source, node: ast.expr, depth: int = 3) -> bool:
    """Whether what stands in brackets surely chooses rows."""
    if isinstance(node, (ast.Compare, ast.Slice)):
        return True
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, (ast.BitAnd, ast.BitOr)) and (
            is_mask(source, node.left, depth) or is_mask(source, node.right, depth)
        )
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Invert)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        of_text = isinstance(node.func.value, ast.Attribute) and node.func.value.attr == "str"
        return node.func.attr in (_MASKS_OF_TEXT if of_text else _MASKS)
    if isinstance(node, ast.Name) and depth:
        made = [
            value for statement, targets, value in source.bindings
            if source.function(statement) is source.function(node)
            and any(isinstance(each, ast.Name) and each.id == node.id for each in targets)
        ]  # fmt: skip
        return bool(made) and all(is_mask(source, each, depth - 1) for each in made)
    return False


def _argument(call: ast.Call, name: str) -> ast.expr | None:
    return call.args[0] if call.args else keyword(call, name)


def _with(named: Names, after: Names) -> Names:
    """Columns that a call names, and those of what it gives."""
    return named | after if named and after is not None else None


def strings(node: ast.expr | None) -> set[str]:
    """`"a"` or `["a", "b"]`; nothing of other expressions."""
    parts = node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]
    names = [each.value for each in parts if isinstance(each, ast.Constant)]
    found = {each for each in names if isinstance(each, str)}
    return found if len(names) == len(parts) == sum(isinstance(n, str) for n in names) else set()
