"""HW713: parts and the whole that is made of them are in memory at once.

`pd.concat([a, b, c])` and `np.concatenate` join what they are given while every part still has a name: at that moment
all of it is in memory, and where it is copied, twice.

What to do: work chunk by chunk (`read_csv(..., chunksize=...)`) and keep only what each comes to; or write the parts
into one array made beforehand. Costs: a loop over the chunks. Said only where a recording tells how much it is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import FunctionNode, Source, names_in

CODE = "HW713"
TITLE = "parts and their whole at once"
SIZED = True
_JOINERS = {
    "pandas.concat", "pandas.merge", "numpy.concatenate", "numpy.vstack", "numpy.hstack", "numpy.stack",
    "numpy.column_stack", "torch.cat", "torch.stack", "polars.concat", "pyarrow.concat_tables",
}  # fmt: skip
_LEAST_PARTS = 2


def look(source: Source) -> Iterator[Hit]:
    """Calls that join two named parts or more."""
    for call in source.of(ast.Call):
        function = source.function(call)
        if source.dotted(call.func) not in _JOINERS or not call.args or function is None:
            continue
        given = call.args[0]
        if not isinstance(given, (ast.List, ast.Tuple)):
            continue
        parts = [name for name in sorted(names_in(given)) if name not in source.imports]
        if len(parts) >= _LEAST_PARTS:
            yield hit(
                source, call, CODE, TITLE, f"{', '.join(parts)} all live while they are joined",
                saves=Saves.WHOLE, also=_made_at(function, parts),
                fix="work chunk by chunk, and keep only what each comes to",
            )  # fmt: skip


def _made_at(function: FunctionNode, parts: list[str]) -> tuple[int, ...]:
    """The lines of the function that bind the parts."""
    return tuple(sorted({
        line
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in parts
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }))  # fmt: skip
