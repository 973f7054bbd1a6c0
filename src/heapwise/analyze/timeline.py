"""How did the resident set and the heap change over time? A curve of some steps."""

from __future__ import annotations

from heapwise.model.recording import Recording
from heapwise.model.table import Table

STEPS = 72


def timeline(recording: Recording) -> Table:
    """time_s (where a step begins), rss_bytes, heap_bytes: the most in each of at most STEPS equal
    parts of the run; the exact peak is in its part."""
    duration = recording.summary.duration_s or 1e-9
    rss, heap = [-1] * STEPS, [-1] * STEPS

    def step(time_s: float) -> int:
        return min(STEPS - 1, max(0, int(time_s / duration * STEPS)))

    for tick in recording.ticks:
        at = step(tick.time_s)
        rss[at], heap[at] = (
            max(rss[at], tick.rss_bytes),
            max(heap[at], tick.heap_bytes, tick.highest_bytes),
        )
    if recording.ticks:
        at = step(recording.summary.peak_s)
        heap[at] = max(heap[at], recording.summary.peak_bytes)
        for column in (rss, heap):  # no tick fell into these steps: nothing changed that we know of
            last = next(value for value in column if value >= 0)
            for i, value in enumerate(column):
                last = column[i] = value if value >= 0 else last
    kept = STEPS if recording.ticks else 0
    return Table(
        "timeline",
        {
            "time_s": [i * duration / STEPS for i in range(kept)],
            "rss_bytes": rss[:kept],
            "heap_bytes": heap[:kept],
        },
    )
