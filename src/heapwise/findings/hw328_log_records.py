"""HW328: log records kept by a handler.

A `logging.LogRecord` takes 700 bytes and more, beside the arguments that it keeps alive. A MemoryHandler whose capacity
is never reached, or that has no target, a handler with a list of its own, a queue that nobody empties: each keeps all
that was logged.

What to do: a lower capacity, or a `target` that it flushes to; keep `handler.format(record)`, or the fields that are
needed; `collections.deque(maxlen=...)` for the last ones. A few records are too many where their arguments are large
objects, which would have gone but for them. Costs: older records are gone. Clean: handlers that write, and keep
nothing; a few small records.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW328"
TITLE = "log records kept"
_LEAST_COUNT, _MOST_LEVELS = 1000, 8
_FEW, _LEAST_SHARE_OF_FEW = 16, 0.1
_ENTRIES, _MOST_IN_ENTRY = ("tuple", "list", "dict"), 15
_BUFFERS = ("logging.handlers.MemoryHandler", "logging.handlers.BufferingHandler")


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Records by the container that holds them."""
    parents, least = snapshot.parents[0], worth_bytes(snapshot)
    groups: dict[int, list[int]] = {}
    for node in snapshot.of_type_exactly("logging.LogRecord"):
        if parents[node] != NO_NODE:
            groups.setdefault(_container(snapshot, node), []).append(node)
    for container, records in groups.items():
        if len(records) < _FEW:
            continue
        saving = snapshot.retained_of(records)
        of_few = _LEAST_SHARE_OF_FEW * snapshot.figure("shallow_bytes")
        if saving < (least if len(records) >= _LEAST_COUNT else max(least, of_few)):
            continue
        handler = _handler(snapshot, container)
        by = f" by a {handler}" if handler else f" in a {snapshot.type_of(container)}"
        fix = (
            "a lower capacity, or a target that it flushes to"
            if handler in _BUFFERS
            else "keep the formatted text, or the fields that are needed; deque(maxlen=...) for the last ones"
        )
        yield structural(
            snapshot, records[len(records) // 2], CODE, f"{TITLE}{by}", saving_bytes=saving, fix=fix,
            evidence=[f"{len(records)} records are kept{by}, {saving / len(records):.0f} bytes each"],
            confidence=0.8, subject=handler, freed=Freed(roots=records, entirely=True),
        )  # fmt: skip


def _container(snapshot: Snapshot, record: int) -> int:
    """What a record is kept in; of one in an entry with a few other things, what that is kept in."""
    parents, counts = snapshot.parents[0], snapshot.nodes("edges_count")
    above = parents[record]
    is_entry = snapshot.type_of(above) in _ENTRIES and counts[above] <= _MOST_IN_ENTRY
    return parents[above] if is_entry and parents[above] != NO_NODE else above


def _handler(snapshot: Snapshot, node: int) -> str:
    """The type of the handler or queue that keeps a container; empty where there is none near."""
    parents = snapshot.parents[0]
    for _ in range(_MOST_LEVELS):
        node = parents[node]
        if node == NO_NODE or not node:
            break
        name = snapshot.type_of(node)
        if name.endswith(("Handler", "Queue")):
            return name
    return ""
