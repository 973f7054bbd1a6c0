"""HW704: all rows are fetched to be walked one by one.

`fetchall()` makes every row before the first is looked at.

What to do: walk the cursor, `for row in cursor` (done by `--fix --unsafe`). Clean: rows that are kept, and loops that
use the same connection meanwhile, where the database may not allow it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from heapwise.lint.flow import keeps_items, reads_once
from heapwise.lint.rule import Hit, Saves, edit, hit
from heapwise.lint.source import Source, names_in

CODE = "HW704"
TITLE = "all rows fetched for one pass"
SIZED = True
NEEDS = ("fetchall",)
_MEANWHILE = {"execute", "executemany", "commit", "rollback", "close"}


def look(source: Source) -> Iterator[Hit]:
    """`for row in cursor.fetchall()`."""
    for call in source.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "fetchall" or call.args:
            continue
        if not reads_once(source, call) or keeps_items(source, call):
            continue
        body = getattr(source.parent(call), "body", [])
        cursor = names_in(call.func.value)
        meanwhile = any(
            (isinstance(n, ast.Attribute) and n.attr in _MEANWHILE)
            or (isinstance(n, ast.Name) and n.id in cursor)
            for each in body if isinstance(each, ast.stmt) for n in ast.walk(each)
        )  # fmt: skip
        if not meanwhile and not _is_catalogue(call):
            yield hit(
                source, call, CODE, TITLE, "every row is made before the first is looked at",
                saves=Saves.OBJECTS, fix=f"for row in {ast.unparse(call.func.value)[:40]}",
                edits=(edit(source, call, _cursor),),
            )  # fmt: skip


def _is_catalogue(call: ast.Call) -> bool:
    """Whether the statement asks for what a schema holds: a few rows."""
    text = ast.unparse(call).lower()
    return any(word in text for word in ("pragma", "sqlite_master", "information_schema", "limit "))


def _cursor(node: Any) -> Any:
    return node.func.value
