"""HW422: a stream in memory is written to, and nobody reads it.

A `logging.StreamHandler(io.StringIO())` that is there for something else, a `redirect_stdout(io.StringIO())` that is to
keep a library quiet: all that was ever written stays in memory.

What to do: `logging.NullHandler()`, `open(os.devnull, "w")`; a handler of one's own is derived from `logging.Handler`.
Costs: nothing. Clean: programs in which anything reads a stream of these kinds, or goes back to its beginning, and
streams that take a small part of the heap.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.program_source import program_source
from heapwise.findings.own_source import attributes_named
from heapwise.findings.place import structural
from heapwise.findings.related import with_what_fills
from heapwise.findings.waste import in_use, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW422"
TITLE = "a stream in memory that nobody reads"
_KINDS = ("_io.StringIO", "_io.BytesIO")
_READS = frozenset((
    "getvalue", "getbuffer", "read", "read1", "readline", "readlines", "readinto", "seek", "truncate", "detach",
))  # fmt: skip
_LEAST_SHARE = 0.2


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Streams that keep a good part of the heap, where the program's files name nothing that reads one."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    retained = snapshot.nodes("retained_bytes")
    found = [
        node for kind in _KINDS for node in in_use(snapshot, snapshot.of_type_exactly(kind))
        if retained[node] >= least
    ]  # fmt: skip
    source = program_source(snapshot) if found else None
    if (
        source is None
        or not source.is_known
        or source.reads_all
        or _READS & attributes_named(source)
    ):
        return
    for node in found:
        told = structural(
            snapshot, node, CODE, TITLE, saving_bytes=retained[node], confidence=0.7,
            fix='logging.NullHandler(), or open(os.devnull, "w"), in its place',
            evidence=[f"it keeps {units.size(retained[node])} of what was written; the program reads no stream"],
            freed=Freed(roots=(node,), entirely=True),
        )  # fmt: skip
        yield with_what_fills(told, snapshot, node)
