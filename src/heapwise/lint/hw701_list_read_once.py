"""HW701: a list is built, read once, and thrown away.

All its items are in memory at once, though each is wanted alone: by a loop, or by a call that takes one after the other
(`executemany`, `writerows`, `writelines`, `Counter`, `heapq.nlargest`, ...).

What to do: a generator expression: `(f(x) for x in rows)` (done by `--fix --unsafe`, where nobody can see that items
are made later: what makes them writes nothing, and what reads them would not go on where one fails).
`frames[0].save(path, save_all=True, append_images=frames[1:])` of a GIF or PNG takes a generator as well. Where a list
is gone through several times, and no pass keeps an item or needs what another found: reduce each item as it is made.
Costs: it can be gone through once, and has no length. Clean: lists that are indexed, kept, or handed out of sight, or
measured where their length is not known without them; short ones; rows that are written to where they are read from.
Ruff's C419 finds those that stand within the call itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.appended import Appended, appended
from heapwise.lint.consumers import consumes, may_be_read_meanwhile, stands_after
from heapwise.lint.flow import (
    as_generator,
    called_for,
    changes_meanwhile,
    keeps_items,
    makes_list,
    reads_once,
)
from heapwise.lint.frames import frames
from heapwise.lint.gathering import gathers
from heapwise.lint.heads import called_in_head
from heapwise.lint.passes import passes_over
from heapwise.lint.rule import Hit, Saves, edit, hit
from heapwise.lint.single_use import block_of, only_use
from heapwise.lint.source import Source, is_self_attribute, names_in
from heapwise.lint.waiting import may_wait

CODE = "HW701"
TITLE = "a list that is read once"
SIZED = True
_LAZY = "{} = (... for ...): a generator expression"
_WITHIN = "go through the items themselves, within the with"


def look(source: Source) -> Iterator[Hit]:
    """`rows = [...]` with one use, in a later statement of the same block, that reads it item by item."""
    yield from _given_at_once(source)
    yield from _of_frames(source)
    for found in appended(source):
        yield from _of_appended(source, found)
    for node in source.of(ast.Assign):
        target = node.targets[0]
        if (
            len(node.targets) != 1
            or not isinstance(target, ast.Name)
            or not (makes_list(source, node.value) or gathers(source, node.value))
        ):
            continue
        if is_self_attribute(node.value):
            continue
        use = only_use(source, node, target.id)
        if use is not None and _is_consumed(source, use, node, node.value):
            yield hit(
                source, node, CODE, TITLE, f"{target.id} is built whole, and taken item by item in line {use.lineno}",
                saves=Saves.PASSING, fix=_LAZY.format(target.id),
                without=called_for(node.value),
            )  # fmt: skip
            continue
        if use is None or isinstance(source.parent(use), ast.Return):
            yield from _spread(source, node, target.id)
            continue
        statement = source.statement(use)
        begun, block = _before(source, node, statement)
        if (
            statement not in block
            or not reads_once(source, use)
            or _stops_early(source, use, node.value)
            or keeps_items(source, use)
            or changes_meanwhile(source, use, names_in(node.value), parts=False)
            or source.loop(use) is not source.loop(node)  # read at each turn of another loop
        ):
            continue
        next_one = begun is node and block.index(statement) == block.index(node) + 1
        kind = type(node.value).__name__
        plain = next_one and makes_list(source, node.value) and may_wait(source, node.value, use)
        plain = plain and not changes_meanwhile(source, use, names_in(node.value))
        yield hit(
            source, node, CODE, TITLE, f"{target.id} is built whole, and read once in line {use.lineno}",
            saves=Saves.PASSING, fix=_LAZY.format(target.id) if begun is node else _WITHIN,
            edits=(edit(source, node.value, as_generator, kind=kind),) if plain else (),
            without=called_for(node.value),
        )  # fmt: skip


def _before(
    source: Source, node: ast.stmt, statement: ast.stmt | None
) -> tuple[ast.stmt, list[ast.stmt]]:
    """(what stands in one block with a later statement, that block): an assignment, or the `with` that it ends."""
    block = block_of(source, node)
    above = source.parent(node)
    while (
        statement not in block
        and isinstance(above, (ast.With, ast.AsyncWith))
        and block[-1:] == [node]
    ):
        node, above = above, source.parent(above)
        block = block_of(source, node)
    return node, block


def _is_consumed(source: Source, use: ast.Name, node: ast.stmt, made: ast.AST) -> bool:
    """Whether a call takes the items of a list, made before, one by one, and could do so as they are made."""
    return (
        consumes(source, use)
        and stands_after(source, use, node)
        and source.loop(use) is source.loop(node)
        and not may_be_read_meanwhile(source, use, made)
    )


def _given_at_once(source: Source) -> Iterator[Hit]:
    """A comprehension that stands in the call that takes its items."""
    for made in (*source.of(ast.ListComp), *source.of(ast.Call)):
        if makes_list(source, made) and consumes(source, made):
            if may_be_read_meanwhile(source, made, made):
                continue
            yield hit(
                source, made, CODE, TITLE, "it is built whole, for a call that takes it item by item",
                saves=Saves.PASSING, fix="a generator expression", without=called_for(made),
            )  # fmt: skip


def _of_appended(source: Source, found: Appended) -> Iterator[Hit]:
    """A list that a loop appends to, for a call right after it."""
    if not _is_consumed(source, found.use, found.loop, found.loop):
        return
    name = found.use.id
    yield hit(
        source, found.calls[0], CODE, TITLE,
        f"{name} is built whole, and taken item by item in line {found.use.lineno}",
        saves=Saves.PASSING, fix=f"a generator that yields each instead of {name}.append(...)",
        also=found.heads, bodies=found.makers, without=called_in_head(found.loop),
    )  # fmt: skip


def _of_frames(source: Source) -> Iterator[Hit]:
    """The frames of an animation, all made before the first is saved with the others appended."""
    for each in frames(source):
        yield hit(
            source, each.made, CODE, TITLE, f"{each.name} holds every frame, and they are saved one by one in line "
            f"{each.save.lineno}", saves=Saves.ALL_BUT_ONE, bodies=each.makers, without=called_for(each.made),
            fix=f"{each.name} = (... for ...); next({each.name}).save(..., append_images={each.name})",
        )  # fmt: skip


def _spread(source: Source, node: ast.Assign, name: str) -> Iterator[Hit]:
    """A list that is gone through in other functions, or several times with no item kept."""
    found = passes_over(source, node.value, node.value, measured=True)
    if found is None:
        return
    if found.once:
        says = f"{name} is built whole, and read once in {found.lines}"
        fix = "a generator"
    else:
        says = f"{name} is gone through in {found.lines}, and none of its items is kept"
        fix = "reduce each item as it is made: make all that the passes want of it in one loop"
    if found.is_measured:
        fix += "; its length is that of what the items are made from"
    yield hit(
        source, node, CODE, TITLE, says, fix=fix, saves=Saves.PASSING, without=called_for(node.value)
    )  # fmt: skip


def _stops_early(source: Source, use: ast.Name, value: ast.expr) -> bool:
    """Whether what reads it may stop, so that calls that are made for every item would not be."""
    stops = source.called(source.parent(use)) in ("any", "all")
    return stops and any(isinstance(n, ast.Call) for n in ast.walk(value))
