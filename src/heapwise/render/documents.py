"""The parts of the JSON contract that all documents share."""

from __future__ import annotations

from typing import Any

from heapwise.model.recording import Recording

DETAILS = frozenset((
    "survival", "python_bytes", "native_bytes", "mapped_bytes", "copied_bytes", "cpu_ms",
    "cpu_native_ms", "trend_bytes",
))  # fmt: skip
"""Columns of lines that only their own view shows."""


def meta(recording: Recording) -> dict[str, Any]:
    """`meta` of a document about a recording."""
    names = ("format", "kind", "tool", "version", "python", "command", "mode", "started_at")
    known = {name: recording.meta.get(name) for name in names}
    # A scope inside another one records in that one's mode, whatever it asked for.
    known["mode"] = "sampled" if recording.summary.sampled else "exact"
    return known | {"pid": recording.meta.get("pid"), "directory": recording.meta.get("directory")}


def summary(recording: Recording) -> dict[str, Any]:
    """`summary` of a document about a recording."""
    s = recording.summary
    return {
        "peak_bytes": s.peak_bytes,
        "peak_s": s.peak_s,
        "peak_rss_bytes": s.peak_rss_bytes,
        "peak_rss_s": s.peak_rss_s,
        "end_bytes": s.end_bytes,
        "end_count": s.end_count,
        "total_bytes": s.total_bytes,
        "allocations_count": s.allocations_count,
        "duration_s": s.duration_s,
        "sampling_interval_bytes": s.sampling_interval_bytes,
        "inherited_bytes": s.inherited_bytes,
        "own_bytes": s.own_bytes,
        "own_s": s.own_s,
        "complete": s.complete,
    }
