"""The report on a snapshot, and the answer to "why does it stay?": which queries, in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from heapwise.analyze import growth, holdings
from heapwise.analyze.census import completeness, holders, types
from heapwise.analyze.heap_tree import class_up, dominator_tree, tree_table
from heapwise.analyze.paths import Answer, why
from heapwise.analyze.picture import Picture, picture
from heapwise.model.snapshot import Snapshot
from heapwise.model.table import Table


@dataclass(frozen=True)
class HeapReport:
    """Everything a renderer may show of a snapshot."""

    snapshot: Snapshot
    tables: Sequence[Table]
    limits: Sequence[str]


def _tree(snapshot: Snapshot, limit: int) -> Table:
    return tree_table("tree", dominator_tree(snapshot), snapshot, limit)


def _class_up(snapshot: Snapshot, limit: int) -> Table:
    return tree_table("class-up", class_up(snapshot), snapshot, limit)


QUERIES: dict[str, Callable[[Snapshot, int], Table]] = {
    "types": types,
    "holders": holders,
    "lines": holdings.lines,
    "modules": holdings.modules,
    "globals": holdings.module_globals,
    "classes": holdings.classes,
    "threads": holdings.threads,
    "frames": holdings.frames,
    "tree": _tree,
    "class-up": _class_up,
}
OVERVIEW = ("types", "holders", "lines")


def build(snapshot: Snapshot, *, limit: int = 20, views: Sequence[str] = OVERVIEW) -> HeapReport:
    """Runs the queries. limit: rows of a table; 0 for all. Without a recording there are no lines."""
    tables = [QUERIES[name](snapshot, limit) for name in views]
    shown = [table for table in tables if table.name != "lines" or len(table) or len(views) == 1]
    return HeapReport(snapshot, shown, completeness(snapshot))


def answer(snapshot: Snapshot, target: str, *, most: int = 5) -> Answer:
    """The paths that keep a target alive."""
    return why(snapshot, target, most=most)


def drawing(snapshot: Snapshot, found: Answer) -> Picture:
    """The answer as a picture."""
    return picture(snapshot, found)


def difference(snapshots: Sequence[Snapshot], *, limit: int = 20) -> HeapReport:
    """What the last of several snapshots has more than the first."""
    lines = growth.lines(snapshots, limit)
    return HeapReport(
        snapshots[-1],
        [
            growth.types(snapshots, limit),
            growth.holders(snapshots, limit),
            *([lines] if len(lines) else []),
        ],
        [growth.matched(snapshots)],
    )
