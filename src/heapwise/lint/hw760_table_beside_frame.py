"""HW760: a table of Arrow stays beside the frame that was made of it.

`frame = table.to_pandas()` copies the columns, in memory that Arrow's pool gives; for as long as `table` lives, which
is to the end of its function, both are there.

What to do: `frame = table.to_pandas(split_blocks=True, self_destruct=True)`, which lets each column go when it is
copied, and `del table` after it. Costs: the table must not be used again. Said only where a recording tells how much it
is. Clean: tables that are used afterwards.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.hw712_outlives_its_use import bound, is_aliased, steps
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import FunctionNode, Source

CODE = "HW760"
TITLE = "a table beside the frame that was made of it"
SIZED = True
NEEDS = ("to_pandas",)
_LETS_GO = "self_destruct"


def look(source: Source) -> Iterator[Hit]:
    """Tables that a function makes, and whose last use makes a frame that is kept."""
    for function in source.functions:
        for node, _ in steps(function.body):
            name = bound(source, node)
            call = _last_use(source, function, name) if name else None
            if call is not None and not is_aliased(source, function, name):
                yield hit(
                    source, node, CODE, TITLE, f"{name} is kept while {shown(call)} makes its copy, and after it",
                    saves=Saves.COPIED,
                    also=tuple(range(call.lineno, (call.end_lineno or call.lineno) + 1)),
                    fix=f"{name}.to_pandas(split_blocks=True, {_LETS_GO}=True), and del {name}",
                )  # fmt: skip


def _last_use(source: Source, function: FunctionNode, name: str) -> ast.Call | None:
    """The call that makes a frame of a table, where that is bound once and it is read last."""
    stores = [
        node for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load)
    ]  # fmt: skip
    uses = [each for each in source.loads.get(name, ()) if source.function(each) is function]
    if len(stores) != 1 or not uses or any(source.loop(each) is not None for each in uses):
        return None
    last = max(uses, key=lambda each: (each.lineno, each.col_offset))
    method = source.parent(last)
    call = source.parent(method) if isinstance(method, ast.Attribute) else None
    if (
        not isinstance(call, ast.Call)
        or not isinstance(method, ast.Attribute)
        or call.func is not method
    ):
        return None
    goes = any(each.arg in (_LETS_GO, "types_mapper", "zero_copy_only") for each in call.keywords)
    above = source.parent(call)
    is_kept = isinstance(above, (ast.Assign, ast.AnnAssign, ast.Return))
    return call if method.attr == "to_pandas" and not goes and is_kept else None
