"""HW403: forked processes copy their parent's objects because they look at them.

To look at an object CPython counts a reference in it, and that writes to its page: a forked process that only reads
a list of a million strings copies all of them. Processes that were forked to share data end with one copy each.

What to do: keep what is shared in few large buffers: a NumPy array, `array.array`, bytes with offsets, an Arrow table,
`multiprocessing.shared_memory`; there the count stands once, beside the data. Immortal objects (small ints, interned
strings since 3.12) are not written to. Costs: items are boxed as they are read. Clean: children that read arrays, or
that make what they need themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.run import Run, is_much
from heapwise.model.finding import Finding

CODE = "HW403"
TITLE = "forked processes copy their parent's objects by looking at them"


def scan(run: Run) -> Iterator[Finding]:
    """Processes that lost what they shared, without collecting and without making much themselves."""
    found = []
    for each in run.unshared:
        read = each.lost_bytes - each.by_collector_bytes - each.allocated_bytes
        if is_much(read, each):
            found.append((each, read))
    if not found:
        return
    lost = sum(read for _, read in found)
    made = sum(each.allocated_bytes for each, _ in found)
    told = (
        f"{len(found)} of {len(run.unshared)} forked processes copied "
        f"{lost} bytes that they shared with their parent at the fork",
        f"they allocated {made} bytes themselves",
    )
    file, line, function = run.largest_line
    yield Finding(
        CODE, TITLE, file, line, function, evidence=told, saving_bytes=lost, confidence=0.8,
        fix="keep what is shared in few large buffers: a NumPy array, array.array, bytes with offsets, Arrow, "
        "multiprocessing.shared_memory",
    )  # fmt: skip
