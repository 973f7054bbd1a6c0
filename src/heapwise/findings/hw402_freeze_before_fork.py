"""HW402: forked processes copy their parent's objects because they collect.

The collector writes into the header of each object that it looks at. In a forked process the first full collection so
copies nearly every page with objects that it shared with its parent: a heap that was there once is there in each.

What to do: before the fork `gc.collect()`, then `gc.freeze()`: what exists then is not looked at any more. While the
parent builds it, `gc.disable()` keeps collections from leaving holes; in the child `gc.enable()`. `heapwise advise
--prove` runs the program again so, and tells what the forked processes had of their own. Costs: what is frozen is never
collected. Clean: children that collect after a freeze, or that are started anew (spawn).
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.run import Run, is_much
from heapwise.model.finding import Finding

CODE = "HW402"
TITLE = "forked processes copy their parent's objects by collecting"


def scan(run: Run) -> Iterator[Finding]:
    """Processes that lost what they shared during full collections."""
    found = [each for each in run.unshared if is_much(each.by_collector_bytes, each)]
    if not found:
        return
    lost = sum(each.by_collector_bytes for each in found)
    shared = max(each.shared_bytes for each in found)
    told = (
        f"{len(found)} of {len(run.unshared)} forked processes copied "
        f"{lost} bytes during full collections",
        f"at the fork they shared {shared} bytes with their parent",
    )
    file, line, function = run.largest_line
    yield Finding(
        CODE, TITLE, file, line, function, evidence=told, saving_bytes=lost, confidence=0.9, setting="freeze",
        fix="gc.collect(); gc.freeze() right before the fork; gc.disable() while the parent builds, gc.enable() in "
        "the child",
    )  # fmt: skip
