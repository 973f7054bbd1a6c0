"""Rows that a query set of Django has read, or is reading, and that it does not hold itself any more, or yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from heapwise.analyze.made_by_calls import is_made_by
from heapwise.analyze.paths import is_held_natively
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

QUERY_SETS = ("django.db.models.query.QuerySet", "django.db.models.query.RawQuerySet")
READS = ("QuerySet._fetch_all",)
"""What reads the rows of a query set."""
_LEAST_ROWS = 64
_COLLECTS = re.compile(r"\b(list|tuple|sorted|set|frozenset|dict)\(")
_PASSING = ("list_iterator", "<frame>", "generator")


def rows_being_read(snapshot: Snapshot) -> Sequence[int]:
    """The lists that a query set makes of its rows, which only native code holds, or what runs or goes through them,
    the longest first; and what the database gave for them. Empty where there is none."""
    counts = snapshot.nodes("edges_count")
    own = [
        node for node in snapshot.of_type_exactly("list")
        if counts[node] >= _LEAST_ROWS and is_passing(snapshot, node) and is_made_by(snapshot, node, READS)
        and not _are_collected(snapshot, node)
    ]  # fmt: skip
    return [*sorted(own, key=counts.__getitem__, reverse=True), *_given(snapshot)] if own else []


def is_passing(snapshot: Snapshot, node: int) -> bool:
    """Whether only native code, or what runs or goes through it, holds a list."""
    above = snapshot.parents[0][node]
    in_use = above != NO_NODE and snapshot.type_of(above) in _PASSING
    return in_use or is_held_natively(snapshot, node)


def _are_collected(snapshot: Snapshot, node: int) -> bool:
    """Whether the program's line makes a list or the like of all rows, which it then has."""
    at = snapshot.grown_at(node)
    return (
        at is not None
        and _COLLECTS.search(snapshot.stacks.source_line(at.file, at.line)) is not None
    )


def _given(snapshot: Snapshot) -> list[int]:
    """The rows of the database that a compiler goes through, for a query set: `chain.from_iterable(results)`."""
    found = []
    for node in snapshot.of_type_exactly("itertools.chain"):
        through = (s.node for s in snapshot.steps_from(node) if s.kind == "reference")
        lists = (s.node for each in through for s in snapshot.steps_from(each))
        if any(
            is_made_by(snapshot, rows, READS) for rows in lists if snapshot.type_of(rows) == "list"
        ):
            found.append(node)
    return found
