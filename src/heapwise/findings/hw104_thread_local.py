"""HW104: data of threads grows.

What a thread puts into a `threading.local` stays until the thread ends; the threads of a pool do not end.

What to do: clear the attribute when the job is done, or pass the data as an argument. Costs: what a thread made once,
each job makes. Clean: one small buffer a thread, reused.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import Place, structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW104"
TITLE = "thread-local data grows"
KEPT = "threads keep data of their own"
_MANY = 4


def at(place: Place) -> Finding | None:
    """A path by a thread's own dict, or by a threading.local."""
    local = place.on_path("_thread._local", "_thread._localdummy", "threading.local")
    if local is None and not place.passes("thread dict"):
        return None
    fix = "delete the attribute when the job is done, or pass the data as an argument"
    return place.finding(CODE, TITLE, confidence=0.9, fix=fix)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Several threads that each keep something of their own in a `threading.local`."""
    retained, least = snapshot.nodes("retained_bytes"), worth_bytes(snapshot)
    for node in snapshot.of_type("_local"):
        if snapshot.type_of(node) != "_thread._local" or retained[node] < least:
            continue
        tables = [s.node for s in snapshot.steps_from(node) if snapshot.type_of(s.node) == "dict"]
        own = [
            step.node
            for each in tables
            for step in snapshot.steps_from(each)
            if snapshot.type_of(step.node) == "dict"
        ]
        threads = len(own)
        if threads >= _MANY:
            values = (step.node for each in own for step in snapshot.steps_from(each))
            largest = max(values, key=lambda each: retained[each], default=node)
            yield structural(
                snapshot, largest, CODE, KEPT, saving_bytes=retained[node], confidence=0.7,
                freed=Freed(roots=(node,)),
                fix="delete the attribute when the work is done, or use fewer threads",
                evidence=[f"{threads} threads keep values of their own"],
            )  # fmt: skip
