"""
HW210: descriptors grow that no Python object has.

More and more descriptors are open (`/proc/self/fd`), and neither files, sockets nor other objects of Python account
for them: an extension or a C library opens and does not close.

What to do: look at `/proc/PID/fd` for what they are; close the object that the library gave, or use its context
manager. Costs: nothing. Clean: as many after each round as before.
"""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.analyze.statistics import growth
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW210"
TITLE = "descriptors grow that no Python object has"
_LEAST_MORE = 5


def over_time(snapshots: Sequence[Snapshot]) -> list[Finding]:
    """Descriptors that are left when those of files and sockets are taken away, more in each snapshot."""
    if len(snapshots) < 2:
        return []
    others = [_unowned(snapshot) for snapshot in snapshots]
    judged = growth(others, _LEAST_MORE)
    if others[-1] - others[0] < _LEAST_MORE or judged.verdict in ("steady", "settles"):
        return []
    opened = [snapshot.figure("descriptors_count") for snapshot in snapshots]
    told = (
        f"{' → '.join(map(str, opened))} descriptors open, of which {' → '.join(map(str, others))} "
        "are of no file or socket object",
    )
    confidence = 0.9 if judged.verdict == "grows" else 0.6
    return [
        Finding(CODE, TITLE, evidence=told, confidence=confidence,
                fix="close what the library gave; /proc/PID/fd shows what it is")
    ]  # fmt: skip


def _unowned(snapshot: Snapshot) -> int:
    fds = {fd for fd in snapshot.facts.get("fd", {}).values() if fd >= 0}
    return max(0, snapshot.figure("descriptors_count") - len(fds))
