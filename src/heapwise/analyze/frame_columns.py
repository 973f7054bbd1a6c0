"""How many columns the frames of pandas have, by the line that made them, as far as a snapshot tells."""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.model.snapshot import Snapshot

_FRAMES = ("pandas.DataFrame", "pandas.core.frame.DataFrame")
_STEPS = 4
_MOST = 200


def columns_counts(snapshot: Snapshot) -> dict[tuple[str, int], int]:
    """(file, line) -> the most columns of a frame that it made. Frames whose rows are not known are left out: those
    whose columns are all of one type, and no text."""
    found: dict[tuple[str, int], int] = {}
    for kind in _FRAMES:
        frames = snapshot.of_type_exactly(kind)
        for frame in frames[:: max(1, len(frames) // _MOST)]:
            at, count = snapshot.allocated_at(frame), _columns_count(snapshot, frame)
            if at is not None and count:
                key = at.file, at.line
                found[key] = max(count, found.get(key, 0))
    return found


def _columns_count(snapshot: Snapshot, frame: int) -> int:
    """By its blocks: those of texts are a column each and tell how many rows there are, those of numbers one array."""
    sizes: list[int] = []
    rows: set[int] = set()
    for block in _blocks(snapshot, frame):
        for count, is_column in _data(snapshot, block, _STEPS, set()):
            sizes.append(count)
            if is_column:
                rows.add(count)
    each = min(rows or sizes, default=0)
    is_told = len(rows) == 1 or (not rows and len(sizes) > 1)
    if not is_told or any(size % each for size in sizes):
        return 0
    return sum(size // each for size in sizes)


def _blocks(snapshot: Snapshot, frame: int) -> Iterator[int]:
    """frame._mgr.blocks[...]"""
    for manager in snapshot.steps_from(frame):
        if manager.name == "_mgr":
            for blocks in snapshot.steps_from(manager.node):
                if snapshot.type_of(blocks.node) == "tuple":
                    yield from (step.node for step in snapshot.steps_from(blocks.node))


def _data(snapshot: Snapshot, node: int, steps: int, seen: set[int]) -> Iterator[tuple[int, bool]]:
    """(how many values it has, whether it is one column) of the arrays of a block."""
    for step in snapshot.steps_from(node):
        if step.node in seen or step.kind == "weak" or snapshot.type_of(step.node) == "type":
            continue
        seen.add(step.node)
        rows = snapshot.fact("rows_count", step.node)
        objects = snapshot.fact("objects_count", step.node)
        values = snapshot.fact("elements_count", step.node)
        if rows or objects or values:
            yield rows or objects or values, bool(rows)
        elif steps:
            yield from _data(snapshot, step.node, steps - 1, seen)
