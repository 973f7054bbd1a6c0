"""How much of what forked processes shared with their parent has become their own?

After a fork all pages are shared, until one side writes to them: a page that a child wrote to is there twice. Counted
are pages that left what was shared and came to what was private, so neither freed ones nor new ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from heapwise.model.recording import Recording
from heapwise.model.tables import AFTER_COLLECTION, BEFORE_COLLECTION, START, Share


@dataclass(frozen=True, slots=True)
class Unshared:
    """Of one process. shared_bytes: at its start. lost_bytes: of these, now its own. by_collector_bytes: of these,
    during full collections that were looked at. allocated_bytes: what it had made itself, at its highest."""

    pid: int
    shared_bytes: int
    lost_bytes: int
    by_collector_bytes: int
    allocated_bytes: int


def unshared(children: Sequence[Recording]) -> list[Unshared]:
    """Each forked process whose recording tells it, in the order of the recordings."""
    found = []
    for child in children:
        # A parent that has gone leaves its pages to whoever is left: nothing was copied for that.
        rows = [row for row in child.sharing if row.parent_here]
        if len(rows) < 2 or rows[0].moment != START:
            continue
        collected = sum(
            _moved(before, after)
            for before, after in pairwise(rows)
            if (before.moment, after.moment) == (BEFORE_COLLECTION, AFTER_COLLECTION)
        )
        lost = max(_moved(rows[0], row) for row in rows[1:])
        found.append(
            Unshared(
                int(child.meta.get("pid", 0)), rows[0].shared_bytes, lost, min(collected, lost),
                child.summary.peak_bytes,
            )
        )  # fmt: skip
    return found


def _moved(before: Share, after: Share) -> int:
    return max(
        0,
        min(
            before.shared_bytes - after.shared_bytes,
            after.private_bytes - before.private_bytes,
        ),
    )
