"""HW404: memory that was freed stays with the allocator.

The C library keeps what is freed for the next allocation, in an arena for each thread; pymalloc keeps arenas in which
a single object lives. From outside that looks like a leak: the resident set stays at its peak, while next to nothing of
it is live.

What to do: fewer arenas (`MALLOC_ARENA_MAX=2` in the environment), or give free memory back after the work
(`heapwise.trim()`); `heapwise rss --try` runs the program again with each, and measures. The heap is as large as
before, and the saving is of the resident set alone. Costs: more arenas spare threads a wait; memory that was given back
is asked for again. Clean: a program that will need the memory again at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.analyze.waterfall import LEAST_SLACK_BYTES, LEAST_SLACK_SHARE, slack
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW404"
TITLE = "freed memory stays with the allocator"
_FIXES = {
    "malloc": "MALLOC_ARENA_MAX=2 in the environment, or heapwise.trim() when the work is done; rss --try measures",
    "pymalloc": "heapwise.trim() when the work is done; rss --try measures",
}


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """What is a good part of the resident set, allocator by allocator."""
    rss = snapshot.figure("rss_bytes")
    for allocator, free in slack(snapshot).items():
        if free >= max(LEAST_SLACK_BYTES, LEAST_SLACK_SHARE * rss):
            told = f"{free} bytes of {rss} bytes resident are free memory of {allocator}, not given back to the system"
            yield Finding(
                CODE, f"{TITLE}: {allocator}", evidence=(told,), resident_bytes=free, confidence=0.8,
                fix=_FIXES[allocator],
            )  # fmt: skip
