"""HW717: a group for every combination of categories, seen or not.

`groupby` on several category columns with `observed=False` (the default before pandas 3) makes a row for each
combination: two keys of 3,000 categories are nine million rows, of a table that may have a thousand.

What to do: `observed=True`: combinations that do not occur are not in the result any more, which is why it is not
changed by itself. Costs: combinations that do not occur are no rows of the result. Said only where a recording tells
that it costs. Clean: one key.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source, keyword

CODE = "HW717"
TITLE = "groups that nobody observed"
SIZED = True
NEEDS = ("groupby", "pivot_table")


def look(source: Source) -> Iterator[Hit]:
    """`.groupby([a, b], observed=False)`, or a name that may stand for it; and without the argument where a category
    is named in the file."""
    categories = "categor" in source.text.lower()
    for call in source.of(ast.Call):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if method != "groupby" or not call.args or not isinstance(call.args[0], ast.List):
            continue
        given = keyword(call, "observed")
        off = given is not None and not (isinstance(given, ast.Constant) and given.value)
        if len(call.args[0].elts) > 1 and (off or (given is None and categories)):
            unless = (
                ""
                if given is None or isinstance(given, ast.Constant)
                else f", unless {shown(given)} is true"
            )
            yield hit(
                source, _statement_part(source, call), CODE, TITLE,
                f"a row for each combination of categories, whether it occurs or not{unless}", saves=Saves.WHOLE,
                fix="observed=True",
            )  # fmt: skip


def _statement_part(source: Source, call: ast.Call) -> ast.AST:
    """The whole chain that begins with a call: its result is made by the last of it."""
    node: ast.AST = call
    while isinstance(above := source.parent(node), (ast.Attribute, ast.Subscript, ast.Call)):
        if isinstance(above, ast.Call) and above.func is not node:
            break
        node = above
    return node
