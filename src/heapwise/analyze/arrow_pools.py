"""What Arrow's pool has in memory for tables that parts keep: more than their buffers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from pathlib import Path

from heapwise import units
from heapwise.model.finding import Finding
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import KINDS

_POOL = KINDS.index("pool")
_ONE_READ, _MOST = 13, 1.75
"""Tables that the pool has room for after one was read, as the mended programs of the bench have left (12 to 15), with
what it was decoded from; and how many times its buffers a kept table takes at most."""
_HAVE_POOLS = frozenset(("pyarrow", "polars", "torch", "jax", "tensorflow"))
_FEW = 0.1
"""Of whole tables beside parts: those that are being read."""
_TABLES = ("pyarrow.lib.Table", "pyarrow.lib.RecordBatch")


def pool_bytes(recording: Recording, package: str) -> int:
    """What the pools that a package reserved had in memory at the peak, whichever line was first to need them: of the
    package, or of the program, where it calls compiled code, and no other package that is known to have pools."""
    sites, frames = recording.sites, recording.frames
    seen = {
        part
        for file in {each.file for each in frames}
        for part in Path(file).parts
        if part in _HAVE_POOLS
    }
    is_alone = not seen - {package}
    return round(sum(
        size for kind, frame, size in zip(sites.kind, sites.frame, sites.figures["peak_bytes"], strict=True)
        if kind == _POOL and (
            package in Path(frames[frame].file).parts
            or (is_alone and recording.is_user_file(frames[frame].file))
        )
    ))  # fmt: skip


def with_pools(
    findings: Sequence[Finding], snapshot: Snapshot, recording: Recording
) -> Iterator[Finding]:
    """The findings on parts of Arrow's tables, with what the pool has for these beside their buffers: between the
    buffers of tables that were read one by one lie those that they were decoded from. Where the program has whole
    tables as well, the buffers alone."""
    kept = snapshot.facts.get("buffers_at", {})
    for finding in findings:
        parts = set(finding.freed.nodes)
        if not parts or not parts <= kept.keys() or _has_others(snapshot, parts):
            yield finding
            continue
        whole = finding.saving_bytes
        left = pool_bytes(recording, "pyarrow") - _ONE_READ * whole // len(parts)
        saving = min(left, round(_MOST * whole))
        if saving <= whole:
            yield finding
            continue
        told = f"Arrow's pool has {units.size(saving)} in memory for their {units.size(whole)}"
        yield replace(finding, saving_bytes=saving, evidence=(*finding.evidence, told))


def _has_others(snapshot: Snapshot, parts: Set[int]) -> bool:
    """Whether there are tables beside parts, and more than those that are being read."""
    tables = {node for kind in _TABLES for node in snapshot.of_type_exactly(kind)}
    return len(tables - parts) > max(1, _FEW * len(parts))
