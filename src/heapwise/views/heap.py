"""The report on a snapshot, and the answer to "why does it stay?": which queries, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from heapwise.analyze import growth
from heapwise.analyze.census import completeness, holders, types
from heapwise.analyze.paths import Answer, why
from heapwise.model.snapshot import Snapshot
from heapwise.model.table import Table


@dataclass(frozen=True)
class HeapReport:
    """Everything a renderer may show of a snapshot."""

    snapshot: Snapshot
    tables: Sequence[Table]
    limits: Sequence[str]


def build(snapshot: Snapshot, *, limit: int = 20) -> HeapReport:
    """Runs the queries. limit: rows of a table; 0 for all."""
    return HeapReport(
        snapshot,
        [types(snapshot, limit), holders(snapshot, limit)],
        completeness(snapshot),
    )


def answer(snapshot: Snapshot, target: str, *, most: int = 5) -> Answer:
    """The paths that keep a target alive."""
    return why(snapshot, target, most=most)


def difference(snapshots: Sequence[Snapshot], *, limit: int = 20) -> HeapReport:
    """What the last of several snapshots has more than the first."""
    return HeapReport(
        snapshots[-1],
        [growth.types(snapshots, limit), growth.holders(snapshots, limit)],
        [growth.MATCHED],
    )
