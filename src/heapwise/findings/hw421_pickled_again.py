"""HW421: pickles that wait have the same in them, again and again.

A pickle of a bound method has the whole object in it, that of a slice of a table of Arrow the buffers of all rows, that
of a closure what it refers to: tasks that wait as bytes, or parts that were sent, each have all of it once more.

What to do: pickle what each needs: a function of the module with its arguments instead of a method; slices that were
copied (`pa.ipc.new_stream(...)` writes the rows of the slice alone); the common part once, as a file or in each
worker's initializer. Costs: who unpickles must have the common part. Clean: bytes of other origin, and pickles of which
less than half stands in others as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.frame_locals import bare
from heapwise.findings.place import structural
from heapwise.findings.shared_parts import alike
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW421"
TITLE = "pickles with the same in each"
_PICKLES, _TEXTS = "dumps", "json"
"""orjson, too, has a function of this name, and gives bytes."""
_LEAST_COUNT = 4
_FIX = "pickle what differs alone: functions and arguments instead of methods, copies of slices; the common part once"


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Large pickles most of which stands in an earlier one, by the line that made them."""
    for found in alike(snapshot, "shared_bytes", least_count=_LEAST_COUNT):
        nodes = found.nodes
        if not _is_pickle(snapshot, nodes[0]):
            continue
        told = f"of {units.size(found.whole_bytes)} in {len(nodes)} pickles {units.size(found.shared_bytes)} stands"
        yield structural(
            snapshot, nodes[len(nodes) // 2], CODE, TITLE, saving_bytes=found.shared_bytes, confidence=0.8, fix=_FIX,
            evidence=[f"{told} in one before it as well"], freed=Freed(nodes=nodes),
        )  # fmt: skip


def _is_pickle(snapshot: Snapshot, node: int) -> bool:
    """Whether bytes were made by a call of `dumps`, of the program's line or in a library."""
    stacks, at = snapshot.stacks, snapshot.allocated_at(node)
    line = stacks.source_line(at.file, at.line) if at is not None else ""
    if _PICKLES in line and _TEXTS not in line:
        return True
    return any(bare(each.function) == _PICKLES for each in snapshot.stack_of(node))
