"""HW143: generators or coroutines are begun and never finished.

A suspended generator keeps its frame with all locals; a coroutine that is never awaited keeps its arguments.

What to do: exhaust it, `close()` it (`contextlib.closing`), or await it. Costs: nothing. Clean: generators that run to
their end; those in a table that is asked for them, to go on, where each keeps little.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.own_containers import own_containers
from heapwise.findings.place import Place, structural
from heapwise.findings.records import of_records
from heapwise.findings.roles import by_role, shown
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import FINISHED
from heapwise.model.snapshot import Snapshot

CODE = "HW143"
TITLE = "generators or coroutines are kept unfinished"
_TYPES = ("generator", "coroutine", "async_generator")
_LEAST, _MOSTLY = 5, 0.8
_LEAST_IN_ATTRIBUTES, _LEAST_SHARE, _LEAST_EACH_BYTES = 16, 0.15, 4096
_FIX = "keep where to go on (a number, a key), or close() what is not asked for any more"


def at(place: Place) -> Finding | None:
    """Unfinished ones are much of what is new, or what the container holds."""
    states = place.snapshot.facts.get("state", {})
    waiting = [node for node in place.members(*_TYPES) if states.get(node) != FINISHED]
    held = sum(place.snapshot.nodes("retained_bytes")[node] for node in waiting)
    if len(waiting) < _LEAST or held < 0.5 * place.suspect.grown_bytes:
        return None
    told = [f"{len(waiting)} unfinished ones with their locals"]
    tasks = place.count("_asyncio.Task", "asyncio.tasks.Task")
    if tasks:
        told.append(f"{tasks} tasks that wait")
    fix = "exhaust, close() (contextlib.closing) or await them"
    return place.finding(CODE, TITLE, confidence=0.85, fix=fix, evidence=told)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Tables of the program that keep unfinished ones, and from which it takes nothing."""
    states, retained = snapshot.facts.get("state", {}), snapshot.nodes("retained_bytes")
    for own in own_containers(snapshot):
        waiting = [
            node for node in own.entries
            if snapshot.type_of(node) in _TYPES and states.get(node) != FINISHED
        ]  # fmt: skip
        size = snapshot.retained_of(waiting)
        if own.uses.takes or own.uses.walks or len(waiting) < _MOSTLY * len(own.entries):
            continue
        if own.uses.asks and size < _LEAST_EACH_BYTES * len(waiting):
            continue  # they go on when they are asked for
        if size >= _MOSTLY * retained[own.node]:
            told = f"{len(waiting)} unfinished ones in {own.name.text} keep {units.size(size)} of locals"
            yield of_records(
                snapshot, own.node, waiting, CODE, TITLE, told=told,
                fix=_FIX,
            )  # fmt: skip
    yield from _in_attributes(snapshot)


def _in_attributes(snapshot: Snapshot) -> Iterator[Finding]:
    """Generators, each under an attribute of an object of the same class, that keep much each."""
    states = snapshot.facts.get("state", {})
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for role, nodes in by_role(snapshot, ("generator",)).items():
        waiting = [node for node in nodes if states.get(node) != FINISHED]
        if role.name < 0 or len(waiting) < _LEAST_IN_ATTRIBUTES:
            continue
        size = snapshot.retained_of(waiting)
        if size >= max(least, _LEAST_EACH_BYTES * len(waiting)):
            told = f"{len(waiting)} unfinished ones in {shown(snapshot, role)} keep {units.size(size)} of locals"
            yield structural(
                snapshot, waiting[len(waiting) // 2], CODE, TITLE, saving_bytes=size, evidence=[told], confidence=0.6,
                fix=_FIX, freed=Freed(roots=waiting, entirely=True),
            )  # fmt: skip
