"""HW207: shared memory is made and not closed.

A `SharedMemory` block is mapped until `close()`, and exists until `unlink()`.

What to do: `close()` in every process, `unlink()` in one, in a `finally`; or a `SharedMemoryManager` in a `with`.
Costs: nothing. Clean: as many after each round as before.
"""

from __future__ import annotations

from collections.abc import Sequence

from heapwise.findings.resource import counted, named
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

CODE = "HW207"
TITLE = "shared memory is made and not closed"


def over_time(snapshots: Sequence[Snapshot]) -> list[Finding]:
    """More and more open ones."""
    return counted(
        snapshots, opened, code=CODE, title=TITLE, noun="shared memory blocks",
        fix='try: ... finally: block.close(); block.unlink()',
    )  # fmt: skip


def opened(snapshot: Snapshot) -> list[int]:
    """The open ones."""
    return named(snapshot, "multiprocessing.shared_memory.SharedMemory", "mmap.mmap")
