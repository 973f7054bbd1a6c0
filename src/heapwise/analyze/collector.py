"""What did the cyclic collector do, and how long did the program stand still for it?"""

from __future__ import annotations

from heapwise.model.recording import Recording
from heapwise.model.table import Table


def collector(recording: Recording) -> Table:
    """generation; count of collections, pauses_ms (their sum), longest_ms, collected_count,
    uncollectable_count."""
    rows = recording.collections
    stood_s = sum(row.pauses_ns for row in rows) / 1e9
    duration_s = recording.summary.duration_s
    share = stood_s / duration_s if duration_s else 0.0
    return Table(
        "collector",
        {
            "generation": list(range(len(rows))),
            "count": [row.runs_count for row in rows],
            "pauses_ms": [row.pauses_ns / 1e6 for row in rows],
            "longest_ms": [row.longest_ns / 1e6 for row in rows],
            "collected_count": [row.collected_count for row in rows],
            "uncollectable_count": [row.uncollectable_count for row in rows],
        },
        f"The program stood still for the collector during {share:.2%} of its time."
        if rows
        else "",
    )


def pauses(recording: Recording) -> Table:
    """time_s (when it ended), took_ms, generation, collected_count: the longest collections."""
    rows = recording.pauses
    return Table(
        "pauses",
        {
            "time_s": [row.time_s for row in rows],
            "took_ms": [row.took_s * 1e3 for row in rows],
            "generation": [row.generation for row in rows],
            "collected_count": [row.collected_count for row in rows],
        },
    )
