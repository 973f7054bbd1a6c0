"""HW761: all rows stand in one statement.

`connection.execute(insert(table).values(rows))` has SQLAlchemy write one statement with a parameter for each value of
each row: objects for every one of them, the text, and a compiled form that is kept for the next time, which has as many
rows only by chance. Databases have a limit to such parameters besides.

What to do: `connection.execute(insert(table), rows)`: the rows beside the statement, which is sent with some hundred of
them at a time. Costs: nothing. Said only where a recording tells how much it is. Clean: single rows, as a dict or by
keywords.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.statement import last_name
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.source import Source
from heapwise.lint.texts import made_by

CODE = "HW761"
TITLE = "all rows in one statement"
SIZED = True
NEEDS = (".values(",)


def look(source: Source) -> Iterator[Hit]:
    """`insert(...).values(rows)`, and where the statement is executed that has it."""
    for call in source.of(ast.Call):
        method = call.func
        if not isinstance(method, ast.Attribute) or method.attr != "values":
            continue
        if len(call.args) != 1 or call.keywords or not _are_rows(source, call.args[0]):
            continue
        if _begins(source, method.value) != "insert":
            continue
        own = range(call.lineno, (call.end_lineno or call.lineno) + 1)
        yield hit(
            source, call, CODE, TITLE, f"{shown(call)} has a parameter for every value of every row",
            saves=Saves.RELEASED, fix="connection.execute(insert(table), rows)",
            also=tuple(sorted(set(_executed(source, call)) - set(own))),
        )  # fmt: skip


def _are_rows(source: Source, node: ast.expr) -> bool:
    """Whether an expression is a list of rows: by what it is bound to, or else by a name for several."""
    if isinstance(node, ast.ListComp) or source.called(node) == "list":
        return True
    if isinstance(node, ast.Name):
        made = made_by(source, node)
        if any(
            isinstance(each, (ast.Dict, ast.DictComp)) or source.called(each) == "dict"
            for each in made
        ):
            return False
        if any(
            isinstance(each, (ast.List, ast.ListComp)) or source.called(each) == "list"
            for each in made
        ):
            return True
    name = last_name(node) if isinstance(node, (ast.Name, ast.Attribute)) else ""
    return name.endswith("s") or name in ("batch", "data")


def _begins(source: Source, node: ast.expr) -> str:
    """The name of the function that a chain of calls begins with: `insert` of `insert(t).returning(t.c.id)`, and of
    `table.insert()`."""
    while isinstance(node, ast.Call):
        inner = node.func
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Call):
            node = inner.value
            continue
        return (
            inner.attr
            if isinstance(inner, ast.Attribute)
            else source.called(node).rpartition(".")[2]
        )
    return ""


def _executed(source: Source, call: ast.Call) -> Iterator[int]:
    """The lines of what the statement, or the name that it is bound to, is given to."""
    node: ast.AST = call
    while isinstance(above := source.parent(node), (ast.Attribute, ast.Call)):
        node = above
    yield getattr(node, "lineno", call.lineno)
    targets = above.targets if isinstance(above, ast.Assign) and above.value is node else []
    for name in (each.id for each in targets if isinstance(each, ast.Name)):
        for use in source.loads.get(name, ()):
            if source.function(use) is source.function(call) and isinstance(
                source.parent(use), ast.Call
            ):
                yield use.lineno
