"""tracemalloc's interface, on Heapwise's recorder: faster, and it sees what native code allocates.

    from heapwise.compat import tracemalloc

The same functions, and the very classes of the standard module for snapshots, filters and
statistics. What differs:

- Every stack is known in full; `start(nframe)` says how many frames of it a snapshot shows.
- Blocks of native code (NumPy's arrays among them) are in the domain NATIVE_DOMAIN; Python's own in 0.
- `get_object_traceback` does not find an object that was made in a dead one's place (free lists).
- Under `heapwise run`, blocks from before `start` are in snapshots, too: the process has one recorder.
"""

from __future__ import annotations

import operator
import os
import struct
import tempfile
from collections.abc import Iterator, Sequence
from tracemalloc import (
    BaseFilter,
    DomainFilter,
    Filter,
    Frame,
    Snapshot,
    Statistic,
    StatisticDiff,
    Trace,
    Traceback,
)
from typing import Any

from heapwise.capture.core import native
from heapwise.capture.record import record
from heapwise.model.recording import Recording
from heapwise.model.tables import KINDS

__all__ = [
    "NATIVE_DOMAIN", "BaseFilter", "DomainFilter", "Filter", "Frame", "Snapshot", "Statistic",
    "StatisticDiff", "Trace", "Traceback", "clear_traces", "get_object_traceback",
    "get_traceback_limit", "get_traced_memory", "get_tracemalloc_memory", "is_tracing",
    "reset_peak", "start", "stop", "take_snapshot",
]  # fmt: skip

NATIVE_DOMAIN = 1
_PYTHON_KINDS = ("pymalloc", "python")
_MOST_FRAMES = 65535

_scope: record | None = None
_peak_scope: record | None = None
_peak_base_bytes = 0
_limit = 1


def start(nframe: int = 1) -> None:
    """Begins to trace; snapshots show nframe frames of each stack. ValueError out of 1 to 65535."""
    global _scope, _limit
    nframe = operator.index(nframe)
    if not 1 <= nframe <= _MOST_FRAMES:
        raise ValueError(f"the number of frames must be in range [1; {_MOST_FRAMES}]")
    if _scope is None:
        _limit = nframe
        _scope = record().start()


def stop() -> None:
    """Ends tracing and forgets all traces."""
    global _scope, _peak_scope, _peak_base_bytes
    for scope in (_peak_scope, _scope):
        if scope is not None and scope.running:
            scope.stop()
    _scope, _peak_scope, _peak_base_bytes = None, None, 0


def is_tracing() -> bool:
    """Whether tracing is on."""
    return _scope is not None


def clear_traces() -> None:
    """Forgets all traces; tracing goes on."""
    if _scope is not None:
        limit = _limit
        stop()
        start(limit)


def get_traceback_limit() -> int:
    """How many frames a snapshot shows."""
    return _limit


def get_traced_memory() -> tuple[int, int]:
    """(bytes in use, bytes at the peak) of what was allocated since the start; (0, 0) when stopped."""
    if _scope is None:
        return 0, 0
    used = _scope.usage()
    if _peak_scope is None:
        return used.in_use_bytes, used.peak_bytes
    peak = _peak_base_bytes + _peak_scope.usage().peak_bytes
    return used.in_use_bytes, max(used.in_use_bytes, peak)


def reset_peak() -> None:
    """Makes the peak what is in use now."""
    global _peak_scope, _peak_base_bytes
    if _scope is None:
        return
    if _peak_scope is not None:
        _peak_scope.stop()
    _peak_scope = record().start()
    _peak_base_bytes = _scope.usage().in_use_bytes


def get_tracemalloc_memory() -> int:
    """Bytes of the recorder's own tables."""
    return 0 if _scope is None else _scope.usage().own_bytes


def get_object_traceback(obj: Any) -> Traceback | None:
    """Where an object was allocated; None when that was before the start."""
    if _scope is None:
        return None
    site = native().site_of(obj)
    if site == 0:
        return None
    frames = _Stacks().frames_of(site)
    return Traceback(frames[:_limit], len(frames)) if frames else None


def take_snapshot() -> Snapshot:
    """All live blocks. RuntimeError when tracing is off."""
    if _scope is None:
        raise RuntimeError("nothing is traced: start() comes before take_snapshot()")
    blocks = native().live_blocks()
    stacks = _Stacks()
    known: dict[int, tuple[int, tuple[tuple[str, int], ...], int] | None] = {}
    traces = []
    for site, size in struct.iter_unpack("<QQ", blocks):
        try:
            found = known[site]
        except KeyError:
            found = known[site] = stacks.trace_of(site)
        if found is not None:
            traces.append((found[0], size, found[1], found[2]))
    return Snapshot(traces, _limit)


class _Stacks:
    """The stacks of the sites as they are now."""

    def __init__(self) -> None:
        descriptor, path = tempfile.mkstemp(suffix=".hw")
        os.close(descriptor)
        try:
            native().write_now(path)
            self._recording = Recording.open(path)
            self._row_of = self._recording.site_rows
        finally:
            os.unlink(path)

    def frames_of(self, site: int) -> tuple[tuple[str, int], ...]:
        """(file, line), the most recent first; empty for what Heapwise allocated itself."""
        row = self._row_of.get(site)
        sites = self._recording.sites
        if row is None or sites.own[row]:
            return ()
        return tuple(self._climb(row, sites.frame[row], sites.parent[row]))

    def trace_of(self, site: int) -> tuple[int, tuple[tuple[str, int], ...], int] | None:
        """(domain, frames, how many there are in all); None for what is not to be shown."""
        frames = self.frames_of(site)
        if not frames:
            return None
        kind = KINDS[self._recording.sites.kind[self._row_of[site]]]
        domain = 0 if kind in _PYTHON_KINDS else NATIVE_DOMAIN
        return domain, frames[:_limit], len(frames)

    def _climb(self, row: int, frame: int, node: int) -> Iterator[tuple[str, int]]:
        recording = self._recording
        frames: Sequence[Any] = recording.frames
        yield frames[frame].file or "<unknown>", frames[frame].line
        while node:
            at = frames[recording.node_frames[node]]
            yield at.file or "<unknown>", at.line
            node = recording.node_parents[node]
