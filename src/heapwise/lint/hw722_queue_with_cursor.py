"""HW722: a queue that only moves a cursor.

`job = self.jobs[self.next]; self.next += 1`: what was taken stays in the list, and so in memory, as long as the
queue lives.

What to do: `collections.deque`, `append` and `popleft`. Costs: no item from the middle in one step. Clean: lists that
something is taken out of; lists that are also read elsewhere than at the cursor, or from the beginning again.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.growing import attributes
from heapwise.lint.rule import Hit, hit
from heapwise.lint.source import Source, is_self_attribute

CODE = "HW722"
TITLE = "a queue that only moves a cursor"
_GROWS = ("append", "extend")


def look(source: Source) -> Iterator[Hit]:
    """`self.items[self.cursor]`, where a method moves the cursor on, and nothing is ever taken out of the items."""
    seen = set()
    for node in sorted(source.of(ast.Subscript), key=lambda each: each.lineno):
        queue, cursor, owner = node.value, node.slice, source.class_of(node)
        if owner is None or not _is_own(queue) or not _is_own(cursor):
            continue
        names = queue.attr, cursor.attr  # type: ignore[attr-defined]
        if (owner, *names) in seen or not isinstance(node.ctx, ast.Load):
            continue
        seen.add((owner, *names))
        if _only_grows(source, owner, *names) and _only_moves_on(source, owner, names[1]):
            yield hit(
                source, node, CODE, TITLE, f"what lies before {names[1]} stays in {names[0]}",
                fix="collections.deque: append, popleft",
            )  # fmt: skip


def _is_own(node: ast.AST) -> bool:
    return is_self_attribute(node)


def _only_grows(source: Source, owner: ast.ClassDef, queue: str, cursor: str) -> bool:
    """Whether a list gets items while the program runs, is read at the cursor alone, and loses none."""
    places = attributes(source, owner, queue)
    if _used_outside(source, owner, queue) or not _begins_as_list(source, owner, queue):
        return False
    kinds = [_kind(source, each, cursor) for each in places]
    return "" not in kinds and "grows" in kinds


def _used_outside(source: Source, owner: ast.ClassDef, queue: str) -> bool:
    """Whether other code, or a class that is derived from it, names the queue."""
    for node in source.of(ast.Attribute):
        around = source.class_of(node)
        if node.attr == queue and around is not owner:
            bases = {source.dotted(each) for each in around.bases} if around is not None else set()
            if owner.name in bases or not _is_own(node):
                return True
    return False


def _kind(source: Source, place: ast.expr, cursor: str) -> str:
    """grows, reads or begins; empty for what may need the old ones, or take them out."""
    above, function = source.parent(place), source.function(place)
    starts = function is not None and function.name == "__init__"
    if not isinstance(getattr(place, "ctx", None), ast.Load):
        return "begins" if starts and not isinstance(above, (ast.Delete, ast.AugAssign)) else ""
    if isinstance(above, ast.Attribute):
        called = isinstance(source.parent(above), ast.Call)
        return ("begins" if starts else "grows") if called and above.attr in _GROWS else ""
    if isinstance(above, ast.Subscript):
        first = above.slice.lower if isinstance(above.slice, ast.Slice) else above.slice
        at_cursor = _is_own(first) and first.attr == cursor  # type: ignore[arg-type, union-attr]
        return "reads" if at_cursor and isinstance(above.ctx, ast.Load) else ""
    if isinstance(above, ast.Call) and source.dotted(above.func) in ("len", "bool"):
        return "reads"
    tests = isinstance(above, (ast.If, ast.While)) and above.test is place
    return "reads" if tests or isinstance(above, (ast.BoolOp, ast.UnaryOp)) else ""


def _begins_as_list(source: Source, owner: ast.ClassDef, queue: str) -> bool:
    """Whether its one binding, in `__init__` or as a field, is a list."""
    values = [
        value for statement, targets, value in source.bindings
        if source.class_of(statement) is owner
        and any(
            (_is_own(each) and each.attr == queue)  # type: ignore[attr-defined]
            or (isinstance(each, ast.Name) and each.id == queue and statement in owner.body)
            for each in targets
        )
    ]  # fmt: skip
    if len(values) != 1:
        return False
    factory = [
        each.value for each in getattr(values[0], "keywords", ()) if each.arg == "default_factory"
    ]
    is_field = bool(factory) and source.dotted(factory[0]) == "list"
    return is_field or isinstance(values[0], ast.List) or source.called(values[0]) == "list"


def _only_moves_on(source: Source, owner: ast.ClassDef, cursor: str) -> bool:
    """Whether a cursor is moved on by one, and bound to nothing else but at the beginning."""
    moves = False
    for place in attributes(source, owner, cursor):
        if isinstance(place.ctx, ast.Load):  # type: ignore[attr-defined]
            continue
        statement, function = source.statement(place), source.function(place)
        if function is not None and function.name == "__init__":
            continue
        if not (
            isinstance(statement, ast.AugAssign) and isinstance(statement.op, ast.Add)
        ) and not (
            isinstance(statement, ast.Assign) and ast.unparse(statement.value) == f"self.{cursor} + 1"
        ):  # fmt: skip
            return False
        moves = True
    return moves
