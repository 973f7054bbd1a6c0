"""HW394: calls that have not returned keep their locals.

A function that calls itself to go on, to try again after an error, to listen to the next connection, never returns:
each call's locals stay for as long as the program runs. So it is with a coroutine that awaits itself.

What to do: a loop, `while True: await connect()`, in which each round's locals take the place of the last; or `del
name` before the call. Clean: recursion that needs its locals when it comes back, and has few levels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW394"
TITLE = "calls that have not returned keep their locals"
_LEAST_LEVELS, _LEAST_SHARE = 50, 0.15


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Chains of calls of one function, in a thread or by awaiting each other."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for calls in (*_frames(snapshot), *_awaited(snapshot)):
        kept = (
            [node for call in calls[:-1] for node in _locals(snapshot, call)]
            if len(calls) > _LEAST_LEVELS
            else []
        )
        saving = snapshot.retained_of(kept) if kept else 0
        if saving >= least:
            retained = snapshot.nodes("retained_bytes")
            yield structural(
                snapshot, max(kept, key=lambda node: retained[node]), CODE, TITLE, saving_bytes=saving, confidence=0.5,
                evidence=[f"{len(calls)} calls of one function wait for each other; their locals, but those of the "
                          f"innermost, are {units.size(saving)}"],
                fix="a loop in place of the call of itself, or del what is no more needed before it",
                freed=Freed(roots=kept),
            )  # fmt: skip


def _frames(snapshot: Snapshot) -> Iterator[list[int]]:
    """The frames of one function in a thread, the outermost first."""
    parents, _ = snapshot.parents
    groups: dict[tuple[int, str], list[int]] = {}
    for node in snapshot.of_type_exactly("<frame>"):
        groups.setdefault((parents[node], snapshot.labels.get(node, "")), []).append(node)
    yield from (list(reversed(nodes)) for nodes in groups.values())


def _awaited(snapshot: Snapshot) -> Iterator[list[int]]:
    """Coroutines that one line made, each awaited by the one before; the outermost first."""
    parents, lines, sites = snapshot.parents[0], lines_of_sites(snapshot), snapshot.nodes("site")
    coroutines = snapshot.of_type_exactly("coroutine")
    line_of = {node: lines.get(sites[node], -1) for node in coroutines}
    awaits = {
        parents[node]: node for node in coroutines
        if line_of.get(parents[node]) == line_of[node] != -1
    }  # fmt: skip
    for first in awaits.keys() - set(awaits.values()):
        chain = [first]
        while (inner := awaits.get(chain[-1], NO_NODE)) != NO_NODE:
            chain.append(inner)
        yield chain


def _locals(snapshot: Snapshot, call: int) -> Sequence[int]:
    """What it has under names of its own, and is not reached before by another way."""
    parents, _ = snapshot.parents
    return [
        step.node for step in snapshot.steps_from(call)
        if step.kind == "local" and parents[step.node] == call
    ]  # fmt: skip
