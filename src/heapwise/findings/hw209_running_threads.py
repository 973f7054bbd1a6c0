"""HW209: threads are started and do not end.

Each running thread has a stack (some hundred KiB touched), a thread state and its locals.

What to do: end them (an `Event` that they look at, a sentinel in their queue), or use an executor. Costs: an end that
the owner must call. Clean: as many threads after each round as before.
"""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.findings.resource import counted, named
from heapwise.model.finding import Finding
from heapwise.model.heap_tables import THREAD_RUNNING
from heapwise.model.snapshot import Snapshot

CODE = "HW209"
TITLE = "threads are started and do not end"


def over_time(snapshots: Sequence[Snapshot]) -> list[Finding]:
    """More and more open ones."""
    return counted(
        snapshots, opened, code=CODE, title=TITLE, noun="running threads", owners=_objects,
        fix='end threads by an Event or a sentinel, or use an executor',
    )  # fmt: skip


def opened(snapshot: Snapshot) -> list[int]:
    """The open ones."""
    return named(snapshot, "<thread>")


def _objects(snapshot: Snapshot) -> Sequence[int]:
    """The `threading.Thread` objects of running threads: the line that made them started the thread."""
    states = snapshot.facts.get("state", {})
    kinds = ("generator", "coroutine", "async_generator")
    return [
        node for node, state in states.items()
        if state == THREAD_RUNNING and snapshot.type_of(node) not in kinds
    ]  # fmt: skip
