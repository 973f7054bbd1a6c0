"""HW716: all columns of a table are read, and a few are used.

`pd.read_csv(path)` makes every column; where later code names three of twenty, seventeen were parsed and kept for
nothing, texts the dearest of them.

What to do: `usecols=[...]` (`columns=[...]` for Parquet and Feather). The saving is half of what the line held: how
many columns the file has, its source does not tell. Said only where a recording tells how much that is. Clean: tables
that are handed on, written out, or looked at as a whole.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import FunctionNode, Source, keyword

CODE = "HW716"
TITLE = "columns that nobody uses"
SIZED = True
NEEDS = ("read_csv", "read_parquet", "read_feather", "read_table")
_READERS = {
    "pandas.read_csv": "usecols", "pandas.read_table": "usecols", "pandas.read_parquet": "columns",
    "pandas.read_feather": "columns", "polars.read_csv": "columns", "polars.read_parquet": "columns",
}  # fmt: skip
_BLIND = {"shape", "index", "empty"}
_FEW = 8


def look(source: Source) -> Iterator[Hit]:
    """Frames whose every use names columns."""
    for call in source.of(ast.Call):
        option = _READERS.get(source.dotted(call.func), "")
        if not option or keyword(call, option) is not None:
            continue
        names = _columns(source, call)
        if names and len(names) <= _FEW:
            shown = ", ".join(repr(each) for each in sorted(names))
            yield hit(
                source, call, CODE, TITLE, f"of the table only {shown} are used", saves=Saves.HALF,
                fix=f"{option}=[{shown}]",
            )  # fmt: skip


def _columns(source: Source, call: ast.Call) -> set[str]:
    """The columns that are used of what a call reads; nothing where not every use names its columns."""
    above = source.parent(call)
    if isinstance(above, ast.Return):
        function = source.function(call)
        return _of_callers(source, function) if function is not None else set()
    if isinstance(above, ast.Assign) and isinstance(above.targets[0], ast.Name):
        return _of_name(source, above.targets[0], source.function(call))
    return _of_use(source, call) or set()


def _of_callers(source: Source, function: FunctionNode) -> set[str]:
    """Of what the function returns: only where all its calls are in sight, and bind it to a name."""
    found: set[str] = set()
    uses = source.loads.get(function.name, ())
    for use in uses:
        call = source.parent(use)
        bound = source.parent(call) if isinstance(call, ast.Call) and call.func is use else None
        if not isinstance(bound, ast.Assign) or not isinstance(bound.targets[0], ast.Name):
            return set()
        names = _of_name(source, bound.targets[0], source.function(use))
        if not names:
            return set()
        found |= names
    return found


def _of_name(source: Source, target: ast.Name, function: FunctionNode | None) -> set[str]:
    scope: ast.AST = function or source.tree
    found: set[str] = set()
    for node in ast.walk(scope):
        if isinstance(node, ast.Name) and node.id == target.id and node is not target:
            names = _of_use(source, node) if isinstance(node.ctx, ast.Load) else None
            if names is None:
                return set()
            found |= names
    return found


def _of_use(source: Source, place: ast.expr) -> set[str] | None:
    """The columns that a use names; None where it may need others."""
    above = source.parent(place)
    if (
        isinstance(above, ast.Subscript)
        and above.value is place
        and isinstance(above.ctx, ast.Load)
    ):
        return _strings(above.slice) or None
    if isinstance(above, ast.Call) and source.called(above) == "len":
        return set()
    if not isinstance(above, ast.Attribute):
        return None
    if above.attr in _BLIND:
        return set()
    call = source.parent(above)
    if above.attr == "groupby" and isinstance(call, ast.Call) and call.args:
        keys, after = _strings(call.args[0]), source.parent(call)
        chosen = _strings(after.slice) if isinstance(after, ast.Subscript) else set()
        return keys | chosen if keys and chosen else None
    return None


def _strings(node: ast.expr) -> set[str]:
    """`"a"` or `["a", "b"]`; nothing of other expressions."""
    parts = node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]
    names = [each.value for each in parts if isinstance(each, ast.Constant)]
    found = {each for each in names if isinstance(each, str)}
    return found if len(found) == len(parts) else set()
