"""Whether one object leads to another."""

from __future__ import annotations

from heapwise.model.snapshot import Snapshot

_MOST_SEEN = 2000
_CAPTURED = ("__closure__", "__defaults__", "__kwdefaults__")


def reaches(snapshot: Snapshot, start: int, target: int, *, within: int = _MOST_SEEN) -> bool:
    """By strong references, in so many steps at most; of functions by what they captured, and not by way of modules,
    classes and code."""
    seen, level = {start}, [start]
    for _ in range(within + 1):
        if target in level:
            return True
        below = []
        for node in level:
            kind = snapshot.type_of(node)
            if kind in ("module", "type", "code"):
                continue
            for step in snapshot.steps_from(node):
                if (
                    step.kind in ("weak", "type")
                    or (kind == "function" and step.name not in _CAPTURED)
                    or step.node in seen
                    or len(seen) >= _MOST_SEEN
                ):
                    continue
                seen.add(step.node)
                below.append(step.node)
        if not below:
            return False
        level = below
    return False
