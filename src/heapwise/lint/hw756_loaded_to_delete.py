"""HW756: rows are loaded to be deleted or changed.

`Entry.objects.filter(day__lt=before).delete()` of Django makes an object of every row where a signal listens, or other
tables refer to them; a loop that calls `session.delete(row)` or `row.save()` for each loads them all first.

What to do: let the database do it: `session.execute(delete(Entry).where(...))`, `query.update(state=...)`; of Django,
where signals must be sent, a few thousand at a time (`while ids := list(query.values_list("pk", flat=True)[:2000]):
Entry.objects.filter(pk__in=ids).delete()`), or `_raw_delete` where nothing listens. Costs: no hooks of the rows run,
where signals are not sent. Said only where a recording tells how much it is. Clean: deletes that the database does by
itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.querysets import is_query_set
from heapwise.lint.rule import Hit, Saves, hit, shown
from heapwise.lint.sessions import is_mapped
from heapwise.lint.source import Source

CODE = "HW756"
TITLE = "rows loaded to be deleted"
SIZED = True
NEEDS = (".delete(", "session")
_PIECES = "in pieces: of 2000 keys at a time; or _raw_delete, where nothing listens"


def look(source: Source) -> Iterator[Hit]:
    """`query.delete()` of Django, and loops that delete what a session loaded, row by row."""
    for call in source.of(ast.Call):
        method = call.func
        if not isinstance(method, ast.Attribute) or method.attr != "delete":
            continue
        if not call.args and is_query_set(source, method.value):
            yield hit(
                source, call, CODE, TITLE, f"{shown(call)} loads every row where something listens, or refers to it",
                saves=Saves.WHOLE, fix=_PIECES,
            )  # fmt: skip
        loop = source.loop(call)
        rows = loop.iter if isinstance(loop, ast.For) else None
        if (
            isinstance(rows, ast.Call)
            and is_mapped(source, rows)
            and [ast.unparse(each) for each in call.args] == [ast.unparse(loop.target)]  # type: ignore[union-attr]
        ):
            yield hit(
                source, rows, CODE, TITLE, f"every row of {shown(rows)} is loaded, to be deleted",
                saves=Saves.WHOLE, fix="session.execute(delete(...).where(...))",
            )  # fmt: skip
