"""HW738: a buffer keeps what was read from it.

`self.buf.extend(chunk)`, and a cursor that moves on as messages are read: what lies before the cursor goes only where
something else happens as well, as that no message is ready. On a busy line that may be never.

What to do: `del self.buf[:self.start]` and `self.start = 0` after each message, or each so many bytes of it. Costs:
what is left moves to the front, now and then. Said only where a recording tells how large the buffer was. Clean:
buffers that are cut whatever happens, or where the cursor alone decides.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.growing import attributes
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import FUNCTIONS, Source, is_self_attribute

CODE = "HW738"
TITLE = "a buffer keeps what was read from it"
SIZED = True
_MAKERS = ("bytearray", "bytes", "str")


def look(source: Source) -> Iterator[Hit]:
    """Buffers of a class that grow, and are read at a cursor, which is an attribute as well."""
    for owner in source.of(ast.ClassDef):
        for name in sorted(_buffers(source, owner)):
            places = attributes(source, owner, name)
            grows = [at for at in (_growth(source, place) for place in places) if at is not None]
            cursors = {cursor for place in places for cursor in _cursors(source, place)}
            moved = sorted(each for each in cursors if _moves_on(source, owner, each))
            if not grows or not moved or _ends(source, places):
                continue
            yield hit(
                source, grows[0], CODE, TITLE, f"what lies before self.{moved[0]} stays in self.{name} for long",
                saves=Saves.WHOLE, fix=f"del self.{name}[:self.{moved[0]}]; self.{moved[0]} = 0 after each message",
                also=tuple(each.lineno for each in grows[1:]),
            )  # fmt: skip


def _buffers(source: Source, owner: ast.ClassDef) -> set[str]:
    """Attributes that begin as an empty text, bytes or bytearray."""
    return {
        target.attr for statement, targets, value in source.bindings if source.class_of(statement) is owner
        for target in targets
        if is_self_attribute(target) and isinstance(target, ast.Attribute)
        and (source.called(value) in _MAKERS or (isinstance(value, ast.Constant) and value.value in (b"", "")))
    }  # fmt: skip


def _growth(source: Source, place: ast.expr) -> ast.stmt | None:
    """The statement by which a buffer grows at a place."""
    above, statement = source.parent(place), source.statement(place)
    if isinstance(above, ast.AugAssign) and above.target is place and isinstance(above.op, ast.Add):
        return above
    call = source.parent(above) if isinstance(above, ast.Attribute) else None
    is_call = isinstance(call, ast.Call) and call.func is above
    if is_call and isinstance(above, ast.Attribute) and above.attr in ("extend", "append"):
        return statement
    return None


def _cursors(source: Source, place: ast.expr) -> Iterator[str]:
    """The attributes at which a buffer is read: in a slice or an index, or given on beside it."""
    above = source.parent(place)
    if isinstance(above, ast.Subscript) and isinstance(above.ctx, ast.Load):
        first = above.slice.lower if isinstance(above.slice, ast.Slice) else above.slice
        yield from _own(first)
    elif isinstance(above, ast.Call) and place in above.args:
        for each in above.args:
            yield from _own(each) if each is not place else ()


def _own(node: ast.AST | None) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and is_self_attribute(node):
        yield node.attr


def _moves_on(source: Source, owner: ast.ClassDef, cursor: str) -> bool:
    """Whether it is raised by what was read: `self.start += n`, or worked out from where it was, in steps."""
    for place in attributes(source, owner, cursor):
        statement = source.parent(place)
        if isinstance(statement, ast.AugAssign) and isinstance(statement.op, ast.Add):
            return True
        if isinstance(statement, ast.Assign) and place in statement.targets:
            names = _worked_out_from(source, statement)
            if cursor in names and any(
                isinstance(each, ast.Add) for each in ast.walk(statement.value)
            ):
                return True
    return False


def _worked_out_from(source: Source, statement: ast.Assign) -> set[str]:
    """The names of locals, and of the object's attributes, that an assigned value is made of."""
    function = source.function(statement)
    made = {
        target.id: each.value
        for each in (ast.walk(function) if function is not None else ())
        if isinstance(each, ast.Assign) and len(each.targets) == 1
        for target in each.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    found: set[str] = set()
    todo: list[ast.expr] = [statement.value]
    while todo:
        for each in ast.walk(todo.pop()):
            found.update(_own(each))
            if isinstance(each, ast.Name) and each.id not in found:
                found.add(each.id)
                todo += [made[each.id]] if each.id in made else []
    return found


def _ends(source: Source, places: list[ast.expr]) -> bool:
    """Whether the buffer is cut, emptied or given away so that what was read goes in time: whatever happens, or where
    the object alone decides."""
    return any(
        _goes(source, place) and not _only_if(source, place)
        for place in places
        if _begins_in(source, place) != "__init__"
    )


def _begins_in(source: Source, place: ast.expr) -> str:
    function = source.function(place)
    return function.name if function is not None else ""


def _goes(source: Source, place: ast.expr) -> bool:
    """Whether something is taken out of it there, or other code may."""
    above = source.parent(place)
    if not isinstance(getattr(place, "ctx", None), ast.Load):
        return not isinstance(above, ast.AugAssign)
    if isinstance(above, ast.Subscript):
        return not isinstance(above.ctx, ast.Load)
    if isinstance(above, ast.Attribute):
        return above.attr in ("clear", "pop", "remove", "__delitem__")
    return isinstance(above, (ast.Return, ast.Yield, ast.Starred, ast.keyword))


def _only_if(source: Source, place: ast.expr) -> bool:
    """Whether that depends on something else than the object's own attributes, as how long the buffer is."""
    node: ast.AST | None = place
    while node is not None and not isinstance(node, FUNCTIONS):
        above = source.parent(node)
        if isinstance(above, ast.If) and node is not above.test:
            names = {each.id for each in ast.walk(above.test) if isinstance(each, ast.Name)}
            if any(each.islower() for each in names - {"self", "len"}):
                return True
        node = above
    return False
