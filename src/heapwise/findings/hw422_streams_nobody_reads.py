"""HW422: a log handler writes to a stream in memory, and nobody reads it.

A class that is derived from `logging.StreamHandler`, and sends records elsewhere, is given an `io.StringIO()` as its
stream: all that was ever logged stays there.

What to do: derive it from `logging.Handler`, or `logging.NullHandler()`. Costs: nothing. Clean: programs in which
anything reads a stream of these kinds, or goes back to its beginning, and streams that take a small part of the heap.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.paths import attribute
from heapwise.analyze.program_source import program_source
from heapwise.findings.own_classes import class_names
from heapwise.findings.own_source import attributes_named
from heapwise.findings.place import structural
from heapwise.findings.waste import in_use, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW422"
TITLE = "a stream in memory that nobody reads"
_KINDS = ("_io.StringIO", "_io.BytesIO")
_READS = frozenset((
    "stream", "getvalue", "getbuffer", "read", "read1", "readline", "readlines", "readinto", "seek", "truncate",
    "detach",
))  # fmt: skip
_HANDLER, _STREAM = "logging.StreamHandler", "stream"
_LEAST_SHARE = 0.2


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Streams of handlers that keep a good part of the heap, where the program's files name nothing that reads one."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    retained = snapshot.nodes("retained_bytes")
    found = [
        node for kind in _KINDS for node in in_use(snapshot, snapshot.of_type_exactly(kind))
        if retained[node] >= least and _is_of_handler(snapshot, node)
    ]  # fmt: skip
    source = program_source(snapshot) if found else None
    if source is None or not source.is_known or source.reads_all:
        return
    if _READS & (attributes_named(source) | source.named):
        return
    for node in found:
        yield structural(
            snapshot, node, CODE, TITLE, saving_bytes=retained[node], confidence=0.7,
            fix="a class that is derived from logging.Handler, or logging.NullHandler()",
            evidence=[f"it keeps {units.size(retained[node])} of what was logged; the program reads no stream"],
            freed=Freed(roots=(node,), entirely=True),
        )  # fmt: skip


def _is_of_handler(snapshot: Snapshot, node: int) -> bool:
    """Whether a stream is that of a handler, which alone keeps it."""
    owner = snapshot.nodes("dominator")[node]
    if snapshot.type_of(owner) == "dict":  # the handler's `__dict__`
        owner = snapshot.parents[0][owner]
    is_handler = owner != NO_NODE and _HANDLER in class_names(
        snapshot, snapshot.nodes("type")[owner]
    )
    return is_handler and attribute(snapshot, owner, _STREAM) == node
