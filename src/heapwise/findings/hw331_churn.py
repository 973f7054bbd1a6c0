"""HW331: short-lived blocks, again and again.

A line that makes a large block at each call and drops it: nothing of it is left at the end, and little at the peak, but
the system gives pages, clears them, and takes them back each time. The recording tells it by the bytes that the line
allocated in all against what it held at once, and by the time that it took.

What to do: make the block once, before the loop, and fill it (`out=` of NumPy, `readinto` of files, `del buffer[:]`);
keep a pool of a few; hoist what does not change out of the loop. The peak stays what it is: what is saved is time.
Costs: a result must be copied before it is kept. Clean: small blocks, which pymalloc takes from a list; lines that take
no notable part of the time.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.analyze.by_place import by_line
from heapwise.analyze.selection import Selection
from heapwise.model.finding import Finding
from heapwise.model.recording import Recording

CODE = "HW331"
TITLE = "short-lived blocks, again and again"
_LEAST_TIMES, _LEAST_BLOCK_BYTES, _LEAST_BLOCKS = 50, 128 << 10, 100
_LEAST_TIME_SHARE = 0.05


def of_recording(recording: Recording) -> Iterator[Finding]:
    """Lines whose large blocks go as they come, in functions that take a part of the time."""
    rows = list(by_line(recording, Selection(limit=0)).rows())
    # Pages are cleared where they are touched first: the time stands beside the line that made the block.
    of_function: dict[tuple[str, str], float] = {}
    for row in rows:
        key = row["file"], row["function"]
        of_function[key] = of_function.get(key, 0.0) + (row.get("cpu_ms") or 0.0)
    whole_ms = sum(of_function.values())
    for row in rows:
        total, count, peak = row["total_bytes"], row["count"], row["peak_bytes"]
        at_once = max(peak, total / max(count, 1))
        if count < _LEAST_BLOCKS or total < _LEAST_TIMES * at_once:
            continue
        block_bytes = total / count
        spent_ms = of_function[row["file"], row["function"]]
        share = spent_ms / whole_ms if whole_ms else 0.0
        if block_bytes < _LEAST_BLOCK_BYTES or share < _LEAST_TIME_SHARE or not row["file"]:
            continue
        told = (
            f"{round(total)} bytes in all, in {round(count)} blocks of {round(block_bytes)} bytes, at most "
            f"{round(at_once)} bytes at once",
            f"{row['function']} takes {share:.0%} of the processor's time",
        )
        yield Finding(
            CODE, TITLE, row["file"], row["line"], row["function"], "", told, 0, "computed from the recording", 0.6,
            "make it once before the loop and fill it (out=, readinto), or keep a few in a pool",
        )  # fmt: skip
