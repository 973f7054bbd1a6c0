"""The report on a snapshot, and the answer to "why does it stay?": which queries, in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from heapwise.analyze import changes, holdings
from heapwise.analyze.census import completeness, holders, types
from heapwise.analyze.cycles import cycles
from heapwise.analyze.growth import History
from heapwise.analyze.heap_tree import HeapTree, class_up, dominator_tree, tree_table
from heapwise.analyze.paths import Answer, Path, place_of, why
from heapwise.analyze.picture import Picture, picture
from heapwise.analyze.waterfall import Waterfall, of_snapshot
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
    "cycles": cycles,
    "tree": _tree,
    "class-up": _class_up,
}
OVERVIEW = ("types", "holders", "lines")


def build(snapshot: Snapshot, *, limit: int = 20, views: Sequence[str] = OVERVIEW) -> HeapReport:
    """Runs the queries. limit: rows of a table; 0 for all. Without a recording there are no lines."""
    tables = [QUERIES[name](snapshot, limit) for name in views]
    shown = [table for table in tables if table.name != "lines" or len(table) or len(views) == 1]
    return HeapReport(snapshot, shown, completeness(snapshot))


@dataclass(frozen=True)
class HeapPage:
    """Everything that the page of a snapshot shows. paths: of each of the first types who keeps it."""

    snapshot: Snapshot
    types: Table
    holders: Table
    lines: Table
    paths: Sequence[Sequence[Path]]
    tree: HeapTree
    tree_paths: Sequence[str]
    up: HeapTree
    up_paths: Sequence[str]
    resident: Waterfall
    limits: Sequence[str]


_ROWS, _TYPES_WITH_PATHS, _TYPE_LOOKED_AT = 1000, 30, 2000


def page(snapshot: Snapshot) -> HeapPage:
    """Runs the queries of the page."""
    shown = types(snapshot, _ROWS)
    tree, up = dominator_tree(snapshot), class_up(snapshot)
    resident = of_snapshot(snapshot)
    return HeapPage(
        snapshot, shown, holders(snapshot, _ROWS // 4), holdings.lines(snapshot, _ROWS),
        [
            why(snapshot, name, most=4, looked_at=_TYPE_LOOKED_AT).paths
            for name in shown.columns["type"][:_TYPES_WITH_PATHS]
        ],
        tree, [place_of(snapshot, node) for node in tree.example],
        up, [place_of(snapshot, node) for node in up.example],
        resident, [*completeness(snapshot), *resident.notes],
    )  # fmt: skip


def answer(snapshot: Snapshot, target: str, *, most: int = 5) -> Answer:
    """The paths that keep a target alive."""
    return why(snapshot, target, most=most)


def drawing(snapshot: Snapshot, found: Answer) -> Picture:
    """The answer as a picture."""
    return picture(snapshot, found)


def difference(snapshots: Sequence[Snapshot], *, limit: int = 20) -> HeapReport:
    """What the last of several snapshots has more than the first."""
    if len({snapshot.meta.get("pid") for snapshot in snapshots}) > 1:
        note = (
            "These snapshots are of several processes: their objects cannot be matched, only the numbers of "
            "each type compare."
        )
        return HeapReport(snapshots[-1], [changes.counts(snapshots, limit)], [note])
    history = History(snapshots)
    found = history.newer()
    tables = [
        changes.types(snapshots, found, limit),
        changes.holders(found, limit),
        changes.lines(found, limit),
    ]
    shown = [table for table in tables if table.name != "new_lines" or len(table)]
    return HeapReport(snapshots[-1], shown, [history.how_matched()])
