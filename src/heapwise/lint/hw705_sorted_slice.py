"""HW705: everything is sorted to take the first few.

`sorted(rows)[:10]` makes a list of all and sorts it.

What to do: `heapq.nsmallest(10, rows)`, which keeps ten (done by `--fix --unsafe`: what is not a number is ordered
otherwise); `nlargest` for `reverse=True`. Costs: nothing. Clean: long slices. Of a plain list without a key it is said
only where a recording tells how large it is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from heapwise.lint.rule import Hit, Saves, edit, hit
from heapwise.lint.source import Source, keyword

CODE = "HW705"
TITLE = "all sorted for a few"
NEEDS = ("sorted(",)
_MOST = 1000


def look(source: Source) -> Iterator[Hit]:
    """`sorted(x)[:k]` with a small constant k."""
    for node in source.of(ast.Subscript):
        call, part = node.value, node.slice
        if (
            source.called(call) != "sorted"
            or not isinstance(part, ast.Slice)
            or not isinstance(call, ast.Call)
        ):
            continue
        if part.lower is not None or part.step is not None or len(call.args) != 1:
            continue
        count = part.upper.value if isinstance(part.upper, ast.Constant) else None
        named = ast.unparse(part.upper) if isinstance(part.upper, (ast.Name, ast.Attribute)) else ""
        plain = isinstance(count, int) and 0 < count <= _MOST
        if not plain and not named:
            continue
        most = named or str(part.upper.value)  # type: ignore[union-attr]
        reverse = keyword(call, "reverse")
        if reverse is not None and not (
            isinstance(reverse, ast.Constant) and isinstance(reverse.value, bool)
        ):
            continue
        if any(each.arg is None for each in call.keywords) or isinstance(call.args[0], ast.Starred):
            continue
        largest = reverse is not None and bool(reverse.value)
        yield hit(
            source, node, CODE, TITLE, f"all is sorted for the first {most}",
            sized=bool(named) or not (call.keywords or _is_made_there(call.args[0])),
            saves=Saves.ALL_BUT_ONE,
            fix=f"heapq.{'nlargest' if largest else 'nsmallest'}({most}, ...)",
            edits=() if source.has_comment(node) or not plain else (edit(source, node, _heap, "heapq"),),
        )  # fmt: skip


def _is_made_there(rows: ast.expr) -> bool:
    """Whether what is sorted is no list that lives anyway."""
    of_dict = isinstance(rows, ast.Call) and isinstance(rows.func, ast.Attribute)
    return isinstance(rows, ast.GeneratorExp) or of_dict


def _heap(node: Any) -> Any:
    import libcst as cst

    call = node.value
    reverse = [a for a in call.args if a.keyword is not None and a.keyword.value == "reverse"]
    largest = any(getattr(a.value, "value", "") == "True" for a in reverse)
    count = node.slice[0].slice.upper
    kept = [a for a in call.args if a not in reverse]
    kept = [a.with_changes(comma=cst.MaybeSentinel.DEFAULT) for a in kept]
    function = cst.parse_expression("heapq.nlargest" if largest else "heapq.nsmallest")
    return cst.Call(function, [cst.Arg(count), *kept])
