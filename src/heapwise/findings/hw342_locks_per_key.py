"""HW342: a table keeps a lock for each key.

`locks.setdefault(key, asyncio.Lock())` makes one for every account, file or user that is ever met, and nobody takes it
out: the lock, the key and its place in the table stay.

What to do: a `weakref.WeakValueDictionary`, where a lock lives as long as somebody holds or waits for it; or a fixed
number of locks, `locks[hash(key) % 64]`. Costs: keys that share a lock wait for each other. Clean: some hundred keys;
locks that are attributes of what they protect.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.roles import held_by
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW342"
TITLE = "a table keeps a lock for each key"
_TABLES = ("dict", "collections.defaultdict", "collections.OrderedDict")
_LOCKS = frozenset((
    "_thread.lock", "_thread.RLock", "threading.Condition", "threading.Semaphore", "threading.BoundedSemaphore",
    "asyncio.locks.Lock", "asyncio.locks.Condition", "asyncio.locks.Semaphore", "asyncio.locks.BoundedSemaphore",
    "anyio.Lock", "anyio._core._synchronization.Lock", "trio.Lock", "trio._sync.Lock", "gevent.lock.RLock",
    "multiprocessing.synchronize.Lock", "multiprocessing.synchronize.RLock", "filelock._unix.UnixFileLock",
))  # fmt: skip
_LEAST_LOCKS, _LEAST_SHARE, _MOSTLY = 1000, 0.1, 0.9


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Dicts whose values are locks, and that are a good part of the heap."""
    counts, types = snapshot.nodes("edges_count"), snapshot.nodes("type")
    retained = snapshot.nodes("retained_bytes")
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    wanted = {row for row, name in enumerate(snapshot.type_names) if name in _LOCKS}
    for table in (node for kind in _TABLES for node in snapshot.of_type_exactly(kind)):
        if counts[table] < _LEAST_LOCKS or retained[table] < least:
            continue
        locks = [each for each in held_by(snapshot, table) if types[each] in wanted]
        if len(locks) < max(_LEAST_LOCKS, _MOSTLY * len(held_by(snapshot, table))):
            continue
        saving = snapshot.retained_of([table, *locks])
        if saving >= least:
            told = f"{len(locks)} {snapshot.type_of(locks[0])}, one for each key, with {units.size(saving)}"
            yield structural(
                snapshot, locks[len(locks) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.8, evidence=[told],
                fix="weakref.WeakValueDictionary(); or a fixed number of locks, locks[hash(key) % 64]",
                freed=Freed(roots=(table, *locks), entirely=True),
            )  # fmt: skip
