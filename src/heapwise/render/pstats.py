"""The standard library's profile format, for pstats, snakeviz and others: marshalled statistics.

With exact calls (`run --calls`) they are those; without, samples stand for calls, and times are CPU
time. Source: Lib/pstats.py, Lib/profile.py (CPython).
"""

from __future__ import annotations

import marshal
from itertools import pairwise
from typing import Any

from heapwise.analyze.selection import Selection
from heapwise.model.recording import Recording

Place = tuple[str, int, str]


def render(recording: Recording, selection: Selection) -> bytes:
    """Marshalled {(file, line, function): (primitive calls, calls, own s, cumulative s, callers)}."""
    if recording.calls:
        stats: dict[Place, Any] = {
            (call.file, call.first_line, call.name): (
                call.primitive_calls, call.calls, call.own_s, call.cumulative_s, dict(call.callers),
            )
            for call in recording.calls
            if selection.module in call.file + call.name
        }  # fmt: skip
        return marshal.dumps(stats)
    return marshal.dumps(_sampled(recording, selection))


def _sampled(recording: Recording, selection: Selection) -> dict[Place, Any]:
    """Functions by CPU samples; the line of a function is that of its earliest sampled frame."""
    cpu, hits = recording.cpu, selection.matcher(recording)
    first: dict[tuple[str, str], int] = {}
    for frame in recording.frames:
        key = frame.file, frame.function
        first[key] = min(first.get(key, frame.line), frame.line)
    own: dict[Place, list[float]] = {}
    callers: dict[Place, dict[Place, list[float]]] = {}
    for node, samples, cpu_ns in zip(cpu.node, cpu.samples_count, cpu.cpu_ns, strict=True):
        if not node or not hits(node, -1):
            continue
        places = [
            (frame.file, first[frame.file, frame.function], frame.function)
            for frame in recording.stack(node)
        ]
        seconds = cpu_ns / 1e9
        for place in set(places):
            figures = own.setdefault(place, [0, 0.0, 0.0])
            figures[0] += samples
            figures[2] += seconds
        own[places[-1]][1] += seconds
        for above, below in set(pairwise(places)):
            figures = callers.setdefault(below, {}).setdefault(above, [0, 0.0, 0.0])
            figures[0] += samples
            figures[2] += seconds
            figures[1] += seconds if below == places[-1] else 0.0
    return {
        place: (
            n, n, tt, ct,
            {above: (m, m, t, c) for above, (m, t, c) in callers.get(place, {}).items()},
        )
        for place, (n, tt, ct) in own.items()
    }  # fmt: skip
