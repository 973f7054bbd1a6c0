"""How often was each function called, and how long did it take? Exact counts, beside its bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from heapwise.analyze.by_place import functions, lines
from heapwise.analyze.selection import Selection
from heapwise.model.recording import Recording
from heapwise.model.table import Table
from heapwise.model.tables import Call


def calls(recording: Recording, selection: Selection) -> Table:
    """file, line, function; calls_count, primitive_count, own_ms, cumulative_ms; peak_bytes,
    total_bytes: most of its own time first."""
    held = functions(lines(recording, selection))
    rows = sorted(
        (call for call in recording.calls if selection.module in call.file + call.name),
        key=lambda call: (-call.own_s, call.file, call.first_line),
    )
    shown = rows[: selection.limit] if selection.limit > 0 else rows
    names = [_qualified(recording, call) for call in shown]
    sums = [held.get((call.file, 0, name)) for call, name in zip(shown, names, strict=True)]
    left = len(rows) - len(shown)
    return Table(
        "calls",
        {
            "file": [call.file.replace("~", "") for call in shown],
            "line": [call.first_line for call in shown],
            "function": names,
            "calls_count": [call.calls for call in shown],
            "primitive_count": [call.primitive_calls for call in shown],
            "own_ms": [round(call.own_s * 1e3, 3) for call in shown],
            "cumulative_ms": [round(call.cumulative_s * 1e3, 3) for call in shown],
            "peak_bytes": [round(s["peak_bytes"]) if s else 0 for s in sums],
            "total_bytes": [round(s["total_bytes"]) if s else 0 for s in sums],
        },
        "; ".join(
            filter(None, (f"{left} more functions were called" if left else "", _caveat(recording)))
        ),
    )


def with_calls(table: Table, recording: Recording) -> Table:
    """A table of functions with calls_count, own_ms and cumulative_ms, where calls were recorded."""
    if not recording.calls:
        return table
    found: dict[tuple[str, str], list[Call]] = {}
    for call in recording.calls:
        found.setdefault((call.file, _qualified(recording, call)), []).append(call)
    places = zip(table.columns["file"], table.columns["function"], strict=True)
    rows = [found.get(place, []) for place in places]
    added: dict[str, Sequence[Any]] = {
        "calls_count": [sum(call.calls for call in row) for row in rows],
        "own_ms": [round(sum(call.own_s for call in row) * 1e3, 3) for row in rows],
        "cumulative_ms": [round(sum(call.cumulative_s for call in row) * 1e3, 3) for row in rows],
    }
    return Table(table.name, {**table.columns, **added}, table.note)


def _qualified(recording: Recording, call: Call) -> str:
    return recording.first_lines.get((call.file, call.first_line, call.name), call.name)


def _caveat(recording: Recording) -> str:
    if not recording.calls:
        return "Calls were not counted: record with `heapwise run --calls`."
    if not recording.calls_complete:
        return "Not all calls were counted: the program set a profiler of its own, which ends the counting."
    return ""
