"""HW704: all rows are fetched to be walked one by one.

`fetchall()` makes every row before the first is looked at; so does `all()` of SQLAlchemy, and an object for each.

Rows that a function gives back are followed to where they are walked.

What to do: walk the cursor, `for row in cursor` (done by `--fix --unsafe`, where the loop runs to its end and calls no
function of the module). SQLAlchemy: `session.scalars(...).yield_per(1000)`, and select only the columns that are
used. Clean: rows that are kept, and loops that use the same connection meanwhile, where the database may not allow it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from heapwise.lint.effects import stops_early
from heapwise.lint.flow import keeps_items, reads_once
from heapwise.lint.passes import outermost
from heapwise.lint.rule import Hit, Saves, edit, hit
from heapwise.lint.sessions import is_mapped, root
from heapwise.lint.single_use import block_of, only_use
from heapwise.lint.source import Source, names_in
from heapwise.lint.uses import single_uses

CODE = "HW704"
TITLE = "all rows fetched for one pass"
SIZED = True
NEEDS = ("fetchall", ".all()")
_MEANWHILE = {"execute", "executemany", "commit", "rollback", "close"}
_ASKS = {"scalars", "scalar", "query", "fetchone", "fetchmany", "fetchall", "flush", "refresh"}
_CONNECTION = re.compile(r"session|conn|cursor|^db$|^database$", re.IGNORECASE)
_BATCHES = "yield_per(1000) for all(), and select only the columns that are used"


def look(source: Source) -> Iterator[Hit]:
    """`for row in cursor.fetchall()`, `for row in session.scalars(...).all()`."""
    for call in source.of(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.args or call.keywords:
            continue
        mapped = call.func.attr in ("all", "fetchall") and is_mapped(source, call)
        if call.func.attr != "fetchall" and not mapped:
            continue
        use = _use(source, call)
        above = source.parent(call)
        if (
            use is None
            or isinstance(source.parent(use), ast.Return)
            or isinstance(above, ast.Tuple)
        ):
            if not _is_catalogue(call):
                yield from _spread(source, call, mapped=mapped)
            continue
        if not reads_once(source, use) or keeps_items(source, use):
            continue
        body = getattr(source.parent(use), "body", [])
        cursor = names_in(root(call)) if mapped else names_in(call.func.value)
        meanwhile = any(
            (isinstance(n, ast.Attribute) and n.attr in _MEANWHILE)
            or (isinstance(n, ast.Name) and n.id in cursor)
            for each in body if isinstance(each, ast.stmt) for n in ast.walk(each)
        )  # fmt: skip
        if not meanwhile and not _is_catalogue(call):
            plain = not mapped and use is call and _is_alone(source, call)
            yield hit(
                source, call, CODE, TITLE, "every row is made before the first is looked at",
                saves=Saves.OBJECTS, fix=_BATCHES if mapped else f"for row in {ast.unparse(call.func.value)[:40]}",
                edits=(edit(source, call, _cursor),) if plain else (),
            )  # fmt: skip


def _spread(source: Source, call: ast.Call, *, mapped: bool) -> Iterator[Hit]:
    """Rows that a function or method gives back, and others walk once, without the connection."""
    uses = single_uses(source, call)
    if not uses or not any(each.crossed for each in uses):
        return
    for each in uses:
        place = outermost(source, each.place)
        if not reads_once(source, place) or keeps_items(source, place):
            return
        loop = source.parent(place)
        parts = (
            loop.body if isinstance(loop, (ast.For, ast.AsyncFor)) else [source.statement(place)]
        )
        if any(_uses_connection(source, n, place) for n in parts if n is not None):
            return
    lines = ", ".join(str(n) for n in sorted({each.place.lineno for each in uses}))
    fix = "yield from a query with yield_per(1000)" if mapped else "yield each row of the cursor"
    yield hit(
        source, call, CODE, TITLE, f"every row is made before the first is looked at, in line {lines}",
        saves=Saves.OBJECTS, fix=fix,
    )  # fmt: skip


def _uses_connection(source: Source, body: ast.AST, place: ast.AST, depth: int = 3) -> bool:
    """Whether code may ask the database, itself or by functions of the module; place: the rows, which may."""
    inside = {id(n) for n in ast.walk(place)}
    for node in ast.walk(body):
        if id(node) in inside or not isinstance(node, (ast.Attribute, ast.Name)):
            continue
        name = node.attr if isinstance(node, ast.Attribute) else node.id
        if name in _MEANWHILE | _ASKS or _CONNECTION.search(name):
            return True
        called = source.parent(node)
        if isinstance(called, ast.Call) and called.func is node:
            own = source.functions_named.get(name, ())
            if own and not depth:
                return True
            if any(_uses_connection(source, each, place, depth - 1) for each in own):
                return True
    return False


def _use(source: Source, call: ast.Call) -> ast.expr | None:
    """Where the rows are read: the call itself, or the only use of the name that it is bound to."""
    above = source.parent(call)
    if not isinstance(above, ast.Assign):
        return call
    target = above.targets[0]
    if len(above.targets) != 1 or not isinstance(target, ast.Name):
        return None
    use = only_use(source, above, target.id)
    statement = source.statement(use) if use is not None else None
    if statement is None or statement not in block_of(source, above):
        return None
    return use if source.loop(above) is source.loop(statement) else None


def _is_alone(source: Source, call: ast.Call) -> bool:
    """Whether the loop over the rows runs to its end, and calls nothing that may use the connection."""
    above = source.parent(call)
    body = above.body if isinstance(above, ast.For) else [source.statement(call) or ast.Pass()]
    if isinstance(above, ast.For) and stops_early(body):
        return False
    own = {each.name for each in source.functions} | {each.name for each in source.of(ast.ClassDef)}
    called = [n.func for each in body for n in ast.walk(each) if isinstance(n, ast.Call)]
    names = {
        each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in called
    }
    return not names & own


def _is_catalogue(call: ast.Call) -> bool:
    """Whether the statement asks for what a schema holds: a few rows."""
    text = ast.unparse(call).lower()
    return any(word in text for word in ("pragma", "sqlite_master", "information_schema", "limit "))


def _cursor(node: Any) -> Any:
    return node.func.value
