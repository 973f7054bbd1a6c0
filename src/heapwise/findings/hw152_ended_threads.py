"""HW152: threads that have ended are kept.

A `threading.Thread` object keeps its target, its arguments and what its class stored, until somebody drops it: a
list of all threads that were ever started keeps all of that.

What to do: drop the thread after `join()`, or use an executor. Costs: nothing. Clean: threads that leave the list when
joined.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.place import Place, structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Nature
from heapwise.model.heap_tables import NO_NODE, THREAD_ENDED
from heapwise.model.snapshot import Snapshot

CODE = "HW152"
TITLE = "threads that have ended are kept"


FIX = "drop threads after join(), or use an executor"
_GENERATORS = ("generator", "coroutine", "async_generator")
_LEAST_THREADS, _LEAST_SHARE = 8, 0.1


def at(place: Place) -> Finding | None:
    """Ended threads among what is new."""
    members = set(place.suspect.members)
    ended = [node for node in _ended(place.snapshot) if node in members]
    if len(ended) < 3:
        return None
    told = [f"{len(ended)} threads that have ended"]
    return place.finding(CODE, TITLE, nature=Nature.FAULT, confidence=0.95, fix=FIX, evidence=told)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Containers of threads that have ended, which keep a good part of the heap."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    parents, _ = snapshot.parents
    groups: dict[int, list[int]] = {}
    for node in _ended(snapshot):
        if parents[node] != NO_NODE:
            groups.setdefault(parents[node], []).append(node)
    for holder, threads in groups.items():
        size = snapshot.retained_of(threads)
        if len(threads) >= _LEAST_THREADS and size >= least:
            told = f"{len(threads)} threads that have ended keep {units.size(size)}"
            yield structural(
                snapshot, holder, CODE, TITLE, saving_bytes=size, confidence=0.8, evidence=[told], fix=FIX,
                freed=Freed(roots=threads),
            )  # fmt: skip


def _ended(snapshot: Snapshot) -> list[int]:
    """Threads that were started and have ended."""
    return [
        node for node, state in snapshot.facts.get("state", {}).items()
        if state == THREAD_ENDED and snapshot.type_of(node) not in _GENERATORS
    ]  # fmt: skip
