"""The Firefox Profiler's format (gecko profile, version 24): native allocations with their stacks, and
where the main thread was at each tick.

Source: firefox-devtools/profiler, docs-developer/gecko-profile-format.md and src/types/gecko-profile.js.
"""

from __future__ import annotations

import json
from typing import Any

from heapwise.analyze.selection import Selection
from heapwise.analyze.stack_tree import stack_tree
from heapwise.model.recording import Recording

_VERSION = 24
_MARKER_SCHEMA = {"name": 0, "startTime": 1, "endTime": 2, "phase": 3, "category": 4, "data": 5}


def render(recording: Recording, selection: Selection) -> bytes:
    """UTF-8 JSON. Each stack's bytes stand at the moment of the peak, as one native allocation."""
    tree = stack_tree(recording, selection)
    strings: dict[str, int] = {}

    def text(value: str) -> int:
        return strings.setdefault(value, len(strings))

    frames = []
    for frame in recording.frames:
        shown = f"{frame.function} ({frame.file}:{frame.line})" if frame.file else frame.function
        frames.append([text(shown), False, 0, None, None, frame.line, None, 0, None])
    stacks = [
        [tree.parent[row] - 1 if tree.parent[row] else None, tree.frame[row]]
        for row in range(1, len(tree.parent))
    ]
    samples = _samples(recording, stacks)
    own = tree.own[f"{selection.at}_bytes"]
    when_ms = (
        recording.summary.peak_s * 1000
        if selection.at == "peak"
        else recording.summary.duration_s * 1000
    )
    markers = [
        [text("Native allocation"), when_ms, None, 0, 0,
         {"type": "Native allocation", "size": round(own[row]), "stack": _marker_stack(row - 1, when_ms)}]
        for row in range(1, len(own))
        if round(own[row]) > 0
    ]  # fmt: skip
    thread: dict[str, Any] = {
        "name": "GeckoMain", "processType": "default", "pid": recording.meta.get("pid", 0), "tid": 0,
        "registerTime": 0, "unregisterTime": None,
        "markers": {"schema": _MARKER_SCHEMA, "data": markers},
        "samples": {"schema": {"stack": 0, "time": 1, "eventDelay": 2}, "data": samples},
        "frameTable": {"schema": {"location": 0, "relevantForJS": 1, "innerWindowID": 2,
                                  "implementation": 3, "optimizations": 4, "line": 5, "column": 6,
                                  "category": 7, "subcategory": 8}, "data": frames},
        "stackTable": {"schema": {"prefix": 0, "frame": 1}, "data": stacks},
        "stringTable": list(strings),
    }  # fmt: skip
    document = {
        "meta": _meta(recording),
        "libs": [],
        "threads": [thread],
        "processes": [],
        "pausedRanges": [],
    }
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def _samples(recording: Recording, stacks: list[list[int | None]]) -> list[list[Any]]:
    """The ticks that know where the main thread was; adds the stacks that are missing."""
    known = {(prefix, frame): row for row, (prefix, frame) in enumerate(stacks)}
    row_of: dict[int, int | None] = {0: None}

    def stack(node: int) -> int | None:
        path = []
        while node not in row_of:
            path.append(node)
            node = recording.node_parents[node]
        for below in reversed(path):
            key = row_of[recording.node_parents[below]], recording.node_frames[below]
            if key not in known:
                known[key] = len(stacks)
                stacks.append(list(key))
            row_of[below] = known[key]
            node = below
        return row_of[node]

    return [[stack(tick.node), tick.time_s * 1000, 0] for tick in recording.ticks if tick.node]


def _marker_stack(row: int, when_ms: float) -> dict[str, Any]:
    return {
        "name": "SyncProfile", "registerTime": None, "unregisterTime": None, "processType": "default",
        "tid": 0, "pid": 0,
        "markers": {"schema": _MARKER_SCHEMA, "data": []},
        "samples": {"schema": {"stack": 0, "time": 1, "eventDelay": 2}, "data": [[row, when_ms, 0]]},
    }  # fmt: skip


def _meta(recording: Recording) -> dict[str, Any]:
    return {
        "version": _VERSION, "startTime": 0, "shutdownTime": None, "interval": 10, "stackwalk": 0,
        "debug": 0, "gcpoison": 0, "asyncstack": 0, "processType": 0,
        "product": "heapwise", "abi": recording.meta.get("machine"), "oscpu": recording.meta.get("platform"),
        "categories": [{"name": "Other", "color": "grey", "subcategories": ["Other"]}],
        "markerSchema": [], "preprocessedProfileVersion": None,
    }  # fmt: skip
