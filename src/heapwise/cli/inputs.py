"""What a verb reads: which file is meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from heapwise.errors import UsageError
from heapwise.model import store
from heapwise.model.container import KIND_SNAPSHOT, open_container
from heapwise.model.family import open_family, own_snapshots
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot

_NEAR, _NEARLY = 1.02, 1.1
"""By so much another look may show more than the last one on the way to the peak, before it is the better one; by the
second where what it shows more of waits for the collector: a function has returned since."""
_IS_THE_PEAK = 0.99
"""Of the heap at its peak: what holds so much that nobody waits for the collector to free is the peak itself."""
_WAITED_SHARE = 0.5
"""Of what waits for the collector in another look: where so much did in the last one on the way to the peak, it
gathers, and is not what one function has left."""


def snapshot_of(path: Path | None, *, at: str) -> Snapshot:
    """The snapshot at a path, or the last one beside the recording there (None: the newest); at `peak`, that
    of the peak where there is one and no other shows more. UsageError when there is none."""
    path = path or store.latest()
    if open_container(path).kind == KIND_SNAPSHOT:
        return Snapshot.open(path)
    recording = Recording.open(path)
    beside = own_snapshots(recording)
    if not beside:
        raise UsageError(f"{path} has no snapshot beside it", f"run again with --snapshot {at}")
    return _chosen(beside, at, recording.summary.peak_bytes)


def run_of(path: Path | None) -> tuple[Snapshot | None, Recording | None]:
    """What is known of a run: (the snapshot of the peak, or the last; the recording). path: of the recording, or of
    a snapshot alone; None: the newest."""
    path = path or store.latest()
    if open_container(path).kind == KIND_SNAPSHOT:
        return Snapshot.open(path), None
    recording = Recording.open(path)
    beside = own_snapshots(recording)
    return (_chosen(beside, "peak", recording.summary.peak_bytes) if beside else None), recording


def end_of(recording: Recording | None, snapshot: Snapshot | None) -> Snapshot | None:
    """The snapshot of the end of a recording's run, where that is another one."""
    if recording is None or snapshot is None:
        return None
    path = store.end_snapshot_of(recording.path)
    found = [each for each in own_snapshots(recording) if each.path == path]
    return found[0] if found and path != snapshot.path else None


def children_of(recording: Recording | None) -> Sequence[Recording]:
    """The recordings of the child processes of a recording's run."""
    return open_family(recording.path).children if recording is not None else ()


def _chosen(snapshots: Sequence[Snapshot], at: str, peak_bytes: float) -> Snapshot:
    named = [each for each in snapshots if each.path.name.endswith(f".{at}.snapshot.hw")]
    if at != "peak" or not named:
        return (named or snapshots)[-1]
    highest = max(snapshots, key=lambda each: each.figure("heap_bytes"))
    most, last = highest.figure("heap_bytes"), named[-1].figure("heap_bytes")
    waits, waited = highest.garbage_bytes, named[-1].garbage_bytes
    if most - waits >= _IS_THE_PEAK * peak_bytes:
        return highest
    is_near = most <= _NEAR * last or (
        most - waits <= last - waited
        and (most <= _NEARLY * last or waited >= _WAITED_SHARE * waits)
    )
    return named[-1] if is_near else highest
