"""HW757: all rows are made before the first is written.

`Reading.objects.bulk_create([Reading(...) for row in rows])` has an object of every row, though the rows are written
some hundred at a time (`batch_size`); so has `collection.insert_many(documents)`. A generator is no help: both make a
list of what it gives.

What to do: make as many as are written at once: `for batch in itertools.batched(rows, 1000): bulk_create(batch)` (from
3.12; before, `list(itertools.islice(rows, 1000))` until it is empty), in one transaction where all or nothing is to be
written. Costs: a part is written before the last is made. Said only where a recording tells how much it is. Clean:
lists that are used otherwise, too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from heapwise.analyze.statement import last_name
from heapwise.lint.appended import appended
from heapwise.lint.flow import called_for, makes_list
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.single_use import only_use
from heapwise.lint.source import Source

CODE = "HW757"
TITLE = "all rows made before the first is written"
SIZED = True
NEEDS = ("bulk_", "insert_many", "insert_rows", "add_documents")
_WRITERS = {
    "bulk_create",
    "abulk_create",
    "bulk_update",
    "insert_many",
    "insert_rows_json",
    "add_documents",
}
_FIX = "batches: for batch in itertools.batched(rows, 1000)"


def look(source: Source) -> Iterator[Hit]:
    """Lists that are made for such a call alone."""
    gathered = {id(found.use): found for found in appended(source)}
    for call in source.of(ast.Call):
        if getattr(call.func, "attr", "") not in _WRITERS or not call.args:
            continue
        given = call.args[0]
        lines = range(call.lineno, (call.end_lineno or call.lineno) + 1)
        found = gathered.get(id(given))
        if found is not None:
            yield hit(
                source, found.calls[0], CODE, TITLE, f"all are there before {call.func.attr}() begins",  # type: ignore[attr-defined]
                saves=Saves.PASSING, fix=_FIX, also=(*found.heads, *lines), bodies=found.makers,
            )  # fmt: skip
        made_on = _given_by_generator(source, given)
        if made_on is not None:
            yield hit(
                source, call, CODE, TITLE, f"{call.func.attr}() makes a list of all before it begins",  # type: ignore[attr-defined]
                saves=Saves.PASSING, fix=_FIX, also=tuple(sorted({*made_on, *lines} - {call.lineno})),
            )  # fmt: skip
        for made in _made(source, given):
            own = set(range(made.lineno, (made.end_lineno or made.lineno) + 1))
            yield hit(
                source, made, CODE, TITLE, f"all are there before {call.func.attr}() begins",  # type: ignore[attr-defined]
                saves=Saves.PASSING, fix=_FIX, also=tuple(sorted(set(lines) - own)), without=_eager(source, made),
            )  # fmt: skip


def _given_by_generator(source: Source, given: ast.expr) -> Sequence[int] | None:
    """The lines on which a generator of the module, or an expression, makes what it gives; None of other values."""
    if isinstance(given, ast.GeneratorExp):
        return range(given.elt.lineno, (given.elt.end_lineno or given.elt.lineno) + 1)
    name = last_name(given.func) if isinstance(given, ast.Call) else ""
    own = source.functions_named.get(name, [])
    if len(own) != 1 or not source.is_generator(own[0]):
        return None
    yields = [n for n in ast.walk(own[0]) if isinstance(n, ast.Yield)]
    return [line for n in yields for line in range(n.lineno, (n.end_lineno or n.lineno) + 1)]


def _made(source: Source, given: ast.expr) -> Iterator[ast.expr]:
    """The comprehension that is given, itself or by a name that is read there alone."""
    if makes_list(source, given):
        yield given
    name = given.id if isinstance(given, ast.Name) else ""
    for each in source.of(ast.Assign) if name else ():
        if makes_list(source, each.value) and only_use(source, each, name) is given:
            yield each.value


def _eager(source: Source, made: ast.expr) -> tuple[str, ...]:
    """The functions that make what a comprehension goes through, whole: what generators make is made for each item."""
    return tuple(
        name for name in called_for(made)
        if not any(source.is_generator(each) for each in source.functions_named.get(name, ()))
    )  # fmt: skip
