"""HW423: stacked arrays have the same planes in them, again and again.

A replay buffer that keeps the last four frames of each step, stacked, has every frame four times; so have windows of a
series that were cut out and stacked.

What to do: keep each frame once, and stack when the stack is asked for: a tuple of frames with `__array__`, or their
places in one array; of windows `numpy.lib.stride_tricks.sliding_window_view`. Costs: stacking takes its time at each
look. Clean: stacks of which less than half stands in others, and planes of one value.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.shared_parts import alike
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW423"
TITLE = "stacks that have the same planes"
_LEAST_COUNT = 16


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Arrays most of whose planes stand in earlier ones, by the line that made them."""
    for found in alike(snapshot, "shared_planes_bytes", least_count=_LEAST_COUNT):
        nodes, shared = found.nodes, units.size(found.shared_bytes)
        told = f"of {units.size(found.whole_bytes)} in {len(nodes)} arrays {shared} are planes that one before it has"
        yield structural(
            snapshot, nodes[len(nodes) // 2], CODE, TITLE, saving_bytes=found.shared_bytes, confidence=0.7,
            fix="keep each plane once, and stack them when they are asked for; windows: sliding_window_view",
            evidence=[told], freed=Freed(nodes=nodes),
        )  # fmt: skip
