"""HW704: all rows are fetched to be walked one by one.

`fetchall()` makes every row before the first is looked at; so does `all()` of SQLAlchemy, and an object for each; a
query set of Django that a loop goes through keeps all of its objects.

Rows that a function gives back are followed to where they are walked.

What to do: walk the cursor, `for row in cursor` (done by `--fix --unsafe`, where the loop runs to its end and calls no
function of the module). SQLAlchemy: `session.scalars(...).yield_per(1000)`, and select only the columns that are used.
Django: `orders.iterator(chunk_size=2000)`. Costs: the cursor is busy until the loop ends. Clean: rows that are kept,
and loops that use the same connection meanwhile, or come after it was used again, where the database may not allow it;
statements that ask what a schema holds.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from heapwise.lint.effects import stops_early
from heapwise.lint.flow import keeps_items, reads_once
from heapwise.lint.passes import outermost
from heapwise.lint.querysets import is_query_set
from heapwise.lint.rule import Hit, Saves, edit, hit
from heapwise.lint.sessions import is_mapped, root
from heapwise.lint.single_use import block_of, used_beside
from heapwise.lint.source import Source, names_in
from heapwise.lint.uses import single_uses

CODE = "HW704"
TITLE = "all rows fetched for one pass"
SIZED = True
NEEDS = ("fetchall", ".all()", ".objects", "_set.")
_MEANWHILE = {"execute", "executemany", "commit", "rollback", "close"}
_ASKS = {"scalars", "scalar", "query", "fetchone", "fetchmany", "fetchall", "flush", "refresh"}
_OF_SCHEMA = ("pragma", "sqlite_master", "information_schema", "duckdb_", "show tables", "limit ")
_CONNECTION = re.compile(r"session|conn|cursor|^db$|^database$", re.IGNORECASE)
_FEW_COLUMNS = {"only", "values", "values_list"}
_BATCHES = "yield_per(1000) for all(), and select only the columns that are used"


def look(source: Source) -> Iterator[Hit]:
    """`for row in cursor.fetchall()`, `for row in session.scalars(...).all()`."""
    for call in source.of(ast.Call):
        if is_query_set(source, call):
            yield from _of_query_set(source, call)
        if not isinstance(call.func, ast.Attribute) or call.args or call.keywords:
            continue
        mapped = call.func.attr in ("all", "fetchall") and is_mapped(source, call)
        if call.func.attr != "fetchall" and not mapped:
            continue
        if isinstance(call.func.value, ast.Name) and call.func.value.id == "self":
            continue  # the rows of an object of the program's own
        use = _use(source, call)
        above = source.parent(call)
        if (
            use is None
            or isinstance(source.parent(use), ast.Return)
            or isinstance(above, ast.Tuple)
        ):
            if not _is_catalogue(source, call):
                yield from _spread(source, call, mapped=mapped)
            continue
        if not reads_once(source, use) or keeps_items(source, use):
            continue
        cursor = names_in(root(call)) if mapped else names_in(call.func.value)
        meanwhile = any(
            _uses_connection(source, each, use)
            or any(isinstance(n, ast.Name) and n.id in cursor for n in ast.walk(each))
            for each in _meanwhile(source, call, use)
        )
        if not meanwhile and not _is_catalogue(source, call):
            plain = not mapped and use is call and _is_alone(source, call)
            yield hit(
                source, call, CODE, TITLE, "every row is made before the first is looked at",
                saves=Saves.OBJECTS, fix=_BATCHES if mapped else f"for row in {ast.unparse(call.func.value)[:40]}",
                edits=(edit(source, call, _cursor),) if plain else (),
            )  # fmt: skip


def _of_query_set(source: Source, call: ast.Call) -> Iterator[Hit]:
    """A query set that is gone through once, in sight; hits stand where it asks the database."""
    uses = single_uses(source, call)
    if uses is None or len(uses) != 1:
        return
    place = uses[0].place
    alone = not isinstance(source.parent(place), ast.Attribute)
    if not alone or _leaves_one_each(source, call, place):
        return
    if reads_once(source, place) and not keeps_items(source, place):
        yield hit(
            source, place, CODE, TITLE, "every object is made before the first is looked at, and kept by the query set",
            saves=Saves.OBJECTS, fix=".iterator(chunk_size=2000), and only() or values_list() of what is used",
        )  # fmt: skip


def _leaves_one_each(source: Source, call: ast.expr, place: ast.expr) -> bool:
    """Whether rows of few columns each leave something that stays: all that is there is of one order."""
    above = source.parent(place)
    made = source.parent(above) if isinstance(above, ast.comprehension) else None
    if not isinstance(made, (ast.ListComp, ast.DictComp, ast.SetComp)) or made.generators[0].ifs:
        return False
    return any(isinstance(n, ast.Attribute) and n.attr in _FEW_COLUMNS for n in ast.walk(call))


def _meanwhile(source: Source, call: ast.Call, use: ast.expr) -> Iterator[ast.stmt]:
    """The statements between where rows are fetched and where they are walked, and those of the loop."""
    begun, ended = source.statement(call), source.statement(use)
    if begun is not None and begun is not ended:
        block = block_of(source, begun)
        yield from block[block.index(begun) + 1 : block.index(ended)] if ended in block else ()
    loop = source.parent(use)
    if isinstance(loop, (ast.For, ast.AsyncFor)):
        yield from loop.body


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
    use = used_beside(source, call)
    if use is None or use is call:
        return use
    statement = source.statement(use)
    return use if statement and source.loop(call) is source.loop(statement) else None


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


def _is_catalogue(source: Source, call: ast.Call) -> bool:
    """Whether the statement asks for what a schema holds: a few rows."""
    text = " ".join(map(ast.unparse, _asked(source, call))).lower()
    return any(word in text for word in _OF_SCHEMA)


def _asked(source: Source, call: ast.Call) -> list[ast.expr]:
    """What tells of what the rows are: the call, what its cursor was asked last, and texts that have names."""
    cursor = call.func.value if isinstance(call.func, ast.Attribute) else call
    found: list[ast.expr] = [call]
    here = source.function(call)
    bound = [
        (statement.lineno, value, {each.id for each in targets if isinstance(each, ast.Name)})
        for statement, targets, value in source.bindings if source.function(statement) is here
    ]  # fmt: skip
    if isinstance(cursor, ast.Name):
        asked = [(line, value) for line, value, names in bound if cursor.id in names]
        asked += [
            (each.lineno, each) for each in source.of(ast.Call)
            if isinstance(each.func, ast.Attribute) and each.func.attr == "execute"
            and source.function(each) is here
            and isinstance(each.func.value, ast.Name) and each.func.value.id == cursor.id
        ]  # fmt: skip
        before = [each for each in asked if each[0] <= call.lineno]
        found += [value for _, value in sorted(before, key=lambda each: each[0])[-1:]]
    named = {name for each in found for name in names_in(each)}
    texts = [
        value for _, value, names in bound
        if names & named and isinstance(value, (ast.Constant, ast.JoinedStr))
    ]  # fmt: skip
    return found + texts


def _cursor(node: Any) -> Any:
    return node.func.value
