"""What a rule says of a place in source, and how it would mend it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from heapwise.lint.source import Source


@dataclass(frozen=True)
class Edit:
    """A change of one node. start, end: where it stands, (line from 1, column in characters from 0); no end
    where the start tells it. kind: the name of its LibCST class. change: what becomes of the node. imports:
    what the new code needs, as `heapq` or `collections.abc:Iterator`."""

    start: tuple[int, int]
    kind: str
    change: Callable[[Any], Any]
    imports: tuple[str, ...] = ()
    end: tuple[int, int] | None = None


class Saves(Enum):
    """What of the bytes that a place held at the peak its change would save. NOTHING: that is for the heap to tell.
    OVERLAP: what was allocated at the place, as far as more was allocated after its last use, which may be one in the
    function `user`. IMPORT: all, when none of the code that needs it ran. OBJECTS: all but one of Python's objects, not
    what libraries hold. HELD: what the global `holder` retains, as a snapshot tells. LOCAL: what the local `holder`, or
    the attribute `Class.name`, alone kept while its function called `user` (anything, where that is empty), as a
    snapshot of the peak tells. TEMPORARIES: the blocks as large as the largest, not the smaller one that they come to.
    SQUARES: of a decomposition, whose matrix the lines `also` made, what thin factors do not need; VALUES: what no
    factors need. COLUMNS: four fifths of what the process grew by while the place read a table, or half of what was in
    memory at the peak where that is not known, as parsers reserve more than they touch. RELEASED: all that does not
    stay to the end, as pools of libraries do. PACKED: of Python's objects all but 4 bytes each: of every second one
    comes a number. RECEIVED: all but four of what workers send, as sent and as made: one is looked at, one waits, and
    two are received. THIN: all of the place, and of the lines `also`, which work on that, all but the largest block.
    BLOCKS: all but mappings, which are pools of libraries. COLUMNS_IN_POOL: COLUMNS of what was there, or else of
    Arrow's pool, whichever line first reserved it, where the place held something. SENT: what was pickled there for
    other processes; nothing where the local or global `holder` is known to be a small part of that. INSIDE: what a
    library's function `user` allocated itself for the place. HEADS: all, where its blocks are small, as those of
    objects that hold little. PASSING: ALL_BUT_ONE of what its function throws away: what stays to the end is kept
    elsewhere. COPIED: the place, as far as the lines `also` made a copy of it, in its pool or elsewhere. FILTERED: the
    place, but twice what the lines `also` allocated in all: what is kept is made there, and is read anyway. STAYS: what
    no object of Python has, and is still there at the end. LARGEST: the largest block, where that is most of it: what
    it was made from is needed anyway. STEPS: the blocks as large as the largest but for one, where they are three and
    more, no more than the place has `steps`, which was passed once, and none of them is still there at the end but that
    one. THROUGH: all, with what the functions that are called there hold. COLUMNS_TOUCHED: COLUMNS of readers that
    touch what they reserve: of all that the place has in memory. CHUNKED: all but half of the largest block, a chunk of
    several of what workers send, of which a few are looked at or wait."""

    NOTHING = 0
    WHOLE = 1
    ALL_BUT_ONE = 2
    HALF = 3
    OVERLAP = 4
    IMPORT = 5
    OBJECTS = 6
    HELD = 7
    LOCAL = 8
    TEMPORARIES = 9
    SQUARES = 10
    VALUES = 11
    COLUMNS = 12
    RELEASED = 13
    PACKED = 14
    RECEIVED = 15
    THIN = 16
    BLOCKS = 17
    COLUMNS_IN_POOL = 18
    SENT = 19
    INSIDE = 20
    HEADS = 21
    PASSING = 22
    COPIED = 23
    FILTERED = 24
    STAYS = 25
    LARGEST = 26
    STEPS = 27
    THROUGH = 28
    COLUMNS_TOUCHED = 29
    CHUNKED = 30


@dataclass(frozen=True)
class Hit:
    """code, title: of the rule. line and column count from 1. says: what is wrong here. fix: what to change, in words
    or code. edits: the same as changes; safe: whether they surely leave behaviour as it is. sized: worth saying only
    where its bytes are known. saves: how they are reckoned; after_line: of OVERLAP the last use; user: of LOCAL the
    function that is called meanwhile, of OVERLAP of a global that of the last use, of INSIDE one of a library;
    needed_by: functions (name, first and last line) with which nothing is saved, where one of them ran: those that need
    an import, or see to it themselves. modules: the libraries that an import loads.
    also: lines whose bytes count, too. bodies: (first, last line) of functions that run on other stacks, whose
    work counts as well. without: functions called there whose work is not what the change saves. holder: a global of
    the module, or a local, that keeps the bytes. columns: of a table, those that are named; if_wide: it says something
    only where the table is known to have many more. passes: a file of a library whose code must have run
    there. steps: of STEPS, how many operations it has."""

    code: str
    title: str
    path: str
    line: int
    column: int
    end_line: int
    function: str
    says: str
    fix: str
    edits: tuple[Edit, ...] = ()
    safe: bool = False
    sized: bool = False
    saves: Saves = Saves.NOTHING
    after_line: int = 0
    user: str = ""
    also: tuple[int, ...] = ()
    bodies: tuple[tuple[int, int], ...] = ()
    without: tuple[str, ...] = ()
    holder: str = ""
    needed_by: tuple[tuple[str, int, int], ...] = ()
    modules: tuple[str, ...] = ()
    passes: str = ""
    columns: tuple[str, ...] = ()
    if_wide: bool = False
    steps: int = 0


def hit(
    source: Source,
    node: ast.AST,
    code: str,
    title: str,
    says: str,
    *,
    fix: str,
    edits: tuple[Edit, ...] = (),
    safe: bool = False,
    sized: bool = False,
    saves: Saves = Saves.NOTHING,
    after_line: int = 0,
    user: str = "",
    also: tuple[int, ...] = (),
    bodies: tuple[tuple[int, int], ...] = (),
    without: tuple[str, ...] = (),
    holder: str = "",
    needed_by: tuple[tuple[str, int, int], ...] = (),
    modules: tuple[str, ...] = (),
    passes: str = "",
    columns: tuple[str, ...] = (),
    if_wide: bool = False,
    steps: int = 0,
) -> Hit:
    """What a rule says at a node."""
    line, column = position(source, node)
    within = source.function(node)
    end = getattr(node, "end_lineno", line) or line
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        end = line
    return Hit(
        code, title, source.path, line, column + 1, end, within.name if within else "<module>",
        says, fix, edits, safe, sized, saves, after_line, user, also, bodies, without, holder, needed_by, modules,
        passes, columns, if_wide, steps,
    )  # fmt: skip


def edit(
    source: Source,
    node: ast.AST,
    change: Callable[[Any], Any],
    *imports: str,
    kind: str = "",
) -> Edit:
    """A change of the node that stands there. kind: its LibCST class, where it has another name."""
    end = None
    if isinstance(node, ast.expr):  # `a.b().c()` and `a.b()` begin at one place
        end = _characters(source, node.end_lineno or 1, node.end_col_offset or 0)
    return Edit(position(source, node), kind or type(node).__name__, change, imports, end)


def position(source: Source, node: ast.AST) -> tuple[int, int]:
    """(line from 1, column in characters from 0)."""
    return _characters(source, getattr(node, "lineno", 1), getattr(node, "col_offset", 0))


def _characters(source: Source, line: int, column: int) -> tuple[int, int]:
    text = source.lines[line - 1] if line <= len(source.lines) else ""
    if not text.isascii():
        column = len(text.encode()[:column].decode(errors="ignore"))
    return line, column


def shown(node: ast.AST, most: int = 60) -> str:
    """An expression as source, cut when it is long."""
    text = ast.unparse(node)
    return text if len(text) <= most else text[: most - 3] + "..."
