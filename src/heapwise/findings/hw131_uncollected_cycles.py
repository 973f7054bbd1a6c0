"""HW131: cycles wait for a collector that does not come.

Objects that refer to each other in a ring are freed by the cyclic collector alone. With `gc.disable()`, after
`gc.freeze()`, or with thresholds set very high, they stay.

What to do: break the ring (`weakref.ref` for the way back: parent, owner, callback), or let the collector run.
Clean: the same objects with a weak way back.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import Place, structural
from heapwise.model.finding import Finding, Nature
from heapwise.model.snapshot import Snapshot

CODE = "HW131"
TITLE = "unreachable cycles wait for the collector"
FIX = "make the way back weak (weakref.ref), or let the collector run (gc.enable(), gc.collect())"
_LEAST_SHARE = 0.10


def at(place: Place) -> Finding | None:
    """What nothing reaches any more."""
    if not place.passes("garbage"):
        return None
    return place.finding(CODE, TITLE, nature=Nature.FAULT, confidence=0.95, fix=FIX)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Unreachable objects that are a good part of the heap."""
    for node in snapshot.of_type_exactly("<garbage>"):
        size = snapshot.nodes("retained_bytes")[node]
        groups = snapshot.figure("garbage_count")
        if size > _LEAST_SHARE * snapshot.figure("shallow_bytes"):
            told = [f"{groups} groups of unreachable objects"]
            yield structural(snapshot, node, CODE, TITLE, saving_bytes=size, fix=FIX, evidence=told)
