"""HW335: a queue holds what its consumers have not come to.

A producer that is faster than its consumers fills a queue that has no bound: the whole input waits in memory, parsed.

`Pool.imap` reads its input as fast as it can be read, into the pool's queue.

What to do: `Queue(maxsize=16)`: the producer waits until there is room. For a pool's queue, a semaphore that the input
takes and each result gives back, or batches of the input. Costs: a producer that waits. Clean: queues with a bound, as
long as that is small; those of small things.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
_POOLS = ("multiprocessing.pool.ThreadPool", "multiprocessing.pool.Pool")
_ITERATORS = ("multiprocessing.pool.IMapIterator", "multiprocessing.pool.IMapUnorderedIterator")
_FIX = "Queue(maxsize=16): the producer waits until there is room; and a consumer that leaves takes its queue with it"
_FIX_OF_POOL = (
    "for result in pool.imap(f, bounded(tasks)): room.release(), where bounded() does room.acquire() before each, "
    "with room = threading.Semaphore(8); or batches: itertools.islice(tasks, 100)"
)
_LEAST_ITEMS, _LEAST_SHARE, _KEPT = 64, 0.25, 16


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Queues of the standard library whose items are a good part of the heap: those that one line made, together."""
    groups: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
    for queue in (node for name in _QUEUES for node in snapshot.of_type_exactly(name)):
        items = _items_of(snapshot, queue)
        count = sum(step.kind != "type" for step in snapshot.steps_from(items))
        if count >= _LEAST_ITEMS:
            at = snapshot.grown_at(queue)
            line = (at.file, at.line) if at else ("", 0)
            groups.setdefault(line, []).append((queue, items, count))
    of_pools = _read_by_pools(snapshot)
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for queues in groups.values():
        held = tuple(items for _, items, _ in queues)
        size = snapshot.retained_of(held)
        count = max(count for _, _, count in queues)
        saving = size - _KEPT * size // count
        if saving >= least:
            each = f" in each of {len(queues)} queues at most" if len(queues) > 1 else ""
            yield structural(
                snapshot, of_pools.get(queues[0][0], queues[0][0]), CODE, TITLE, saving_bytes=saving, confidence=0.7,
                evidence=[f"{count} items wait{each}, with {units.size(size)}"],
                fix=_FIX_OF_POOL if queues[0][0] in of_pools else _FIX, freed=Freed(roots=held, entirely=True),
            )  # fmt: skip


def _read_by_pools(snapshot: Snapshot) -> Mapping[int, int]:
    """Queue of a pool -> the iterator over results for which it was filled, or itself."""
    iterators = {
        attribute(snapshot, node, "_pool"): node for kind in _ITERATORS for node in snapshot.of_type_exactly(kind)
    }  # fmt: skip
    found: dict[int, int] = {}
    for pool in (node for kind in _POOLS for node in snapshot.of_type_exactly(kind)):
        for queue in (attribute(snapshot, pool, name) for name in ("_inqueue", "_taskqueue")):
            if queue is not None:
                found[queue] = iterators.get(pool, queue)
    return found


def _items_of(snapshot: Snapshot, queue: int) -> int:
    """What holds the items: a list or deque of the queue's, or itself."""
    named = attribute(snapshot, queue, "queue") or attribute(snapshot, queue, "_queue")
    held = [step.node for step in snapshot.steps_from(queue) if step.kind == "reference"]
    # Until 3.12 a SimpleQueue had a list; now it has the items themselves, which may be lists.
    is_list = len(held) == 1 and snapshot.type_of(held[0]) == "list"
    return named or (held[0] if is_list else queue)
