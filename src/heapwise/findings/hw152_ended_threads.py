"""HW152: threads that have ended are kept.

A `threading.Thread` object keeps its target, its arguments and what its class stored, until somebody drops it: a
list of all threads that were ever started keeps all of that.

What to do: drop the thread after `join()`, or use an executor. Clean: threads that leave the list when joined.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding, Nature
from heapwise.model.heap_tables import THREAD_ENDED

CODE = "HW152"
TITLE = "threads that have ended are kept"


def at(place: Place) -> Finding | None:
    """Ended threads among what is new."""
    states = place.snapshot.facts.get("state", {})
    generators = ("generator", "coroutine", "async_generator")
    ended = [
        node for node in place.suspect.members
        if states.get(node) == THREAD_ENDED and place.snapshot.type_of(node) not in generators
    ]  # fmt: skip
    if len(ended) < 3:
        return None
    told = [f"{len(ended)} threads that have ended"]
    return place.finding(
        CODE,
        TITLE,
        nature=Nature.FAULT,
        confidence=0.95,
        fix="drop threads after join(), or use an executor",
        evidence=told,
    )
