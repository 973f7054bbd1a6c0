"""How many columns the frames of pandas have, by the line that made them, as far as a snapshot tells."""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.model.snapshot import Snapshot

FRAMES = ("pandas.DataFrame", "pandas.core.frame.DataFrame")
_STEPS = 4
_MOST, _MOST_EDGES = 200, 100


def columns_counts(snapshot: Snapshot) -> dict[tuple[str, int], int]:
    """(file, line) -> the most columns of a frame that it made. Frames whose rows are not known are left out: those
    whose columns are all of one type, and no text."""
    found: dict[tuple[str, int], int] = {}
    for kind in FRAMES:
        frames = snapshot.of_type_exactly(kind)
        for frame in frames[:: max(1, len(frames) // _MOST)]:
            at, count = snapshot.allocated_at(frame), _columns_count(snapshot, frame)
            if at is not None and count:
                key = at.file, at.line
                found[key] = max(count, found.get(key, 0))
    return found


def arrays_of(snapshot: Snapshot, frame: int) -> list[int]:
    """The arrays and the columns of texts that a frame is made of, as far as a snapshot tells what they hold."""
    blocks = list(_blocks(snapshot, frame))
    return [node for block in blocks for node in _data(snapshot, block, _STEPS, set())]


def _columns_count(snapshot: Snapshot, frame: int) -> int:
    """By its blocks: those of texts are a column each and tell how many rows there are, those of numbers one array, of
    as many columns as it tells where its values were looked at."""
    sizes: list[int] = []
    rows: set[int] = set()
    for block in _blocks(snapshot, frame):
        for node in _data(snapshot, block, _STEPS, set()):
            values, columns = (
                snapshot.fact(name, node) for name in ("elements_count", "columns_count")
            )
            rows_count = snapshot.fact("rows_count", node)
            sizes.append(rows_count or _values_count(snapshot, node))
            rows_count = rows_count or (values // columns if columns else 0)
            if rows_count:
                rows.add(rows_count)
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


def _values_count(snapshot: Snapshot, node: int) -> int:
    return snapshot.fact("objects_count", node) or snapshot.fact("elements_count", node)


def _data(snapshot: Snapshot, node: int, steps: int, seen: set[int]) -> Iterator[int]:
    """The arrays of a block. Views of its numbers gather in a list of weak references, which all of them share."""
    if snapshot.nodes("edges_count")[node] > _MOST_EDGES:
        return
    for step in snapshot.steps_from(node):
        if step.node in seen or step.kind == "weak" or snapshot.type_of(step.node) == "type":
            continue
        seen.add(step.node)
        if snapshot.fact("rows_count", step.node) or _values_count(snapshot, step.node):
            yield step.node
        elif steps:
            yield from _data(snapshot, step.node, steps - 1, seen)
