"""HW335: a queue holds what its consumers have not come to.

A producer that is faster than its consumers fills a queue that has no bound: the whole input waits in memory, parsed.

What to do: `Queue(maxsize=16)`: the producer waits until there is room. Clean: queues with a bound, as long as that is
small; those of small things.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.paths import attribute
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW335"
TITLE = "a queue holds what waits for slow consumers"
_QUEUES = (
    "asyncio.queues.Queue", "asyncio.queues.LifoQueue", "asyncio.queues.PriorityQueue", "queue.Queue",
    "queue.LifoQueue", "queue.PriorityQueue", "_queue.SimpleQueue",
)  # fmt: skip
_LEAST_ITEMS, _LEAST_SHARE, _KEPT = 64, 0.25, 16


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Queues of the standard library whose items are a good part of the heap: those that one line made, together."""
    groups: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
    for queue in (node for name in _QUEUES for node in snapshot.of_type_exactly(name)):
        parts = (attribute(snapshot, queue, name) for name in ("queue", "_queue"))
        items = next((each for each in parts if each is not None), queue)
        count = sum(step.kind != "type" for step in snapshot.steps_from(items))
        if count >= _LEAST_ITEMS:
            at = snapshot.grown_at(queue)
            line = (at.file, at.line) if at else ("", 0)
            groups.setdefault(line, []).append((queue, items, count))
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for queues in groups.values():
        held = tuple(items for _, items, _ in queues)
        size = snapshot.retained_of(held)
        count = max(count for _, _, count in queues)
        saving = size - _KEPT * size // count
        if saving >= least:
            each = f" in each of {len(queues)} queues at most" if len(queues) > 1 else ""
            yield structural(
                snapshot, queues[0][0], CODE, TITLE, saving_bytes=saving, confidence=0.7,
                evidence=[f"{count} items wait{each}, with {units.size(size)}"],
                fix="Queue(maxsize=16): the producer waits until there is room; and a consumer that leaves takes its "
                "queue with it",
                freed=Freed(roots=held, entirely=True),
            )  # fmt: skip
