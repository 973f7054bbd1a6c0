"""What resource detectors share: open ones are counted over snapshots, with who keeps them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from heapwise.analyze.heap_tree import place_of
from heapwise.analyze.paths import expression
from heapwise.analyze.statistics import growth
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

_LEAST_MORE = 3
"""Fewer more than before are no leak of resources."""

Find = Callable[[Snapshot], Sequence[int]]


def counted(
    snapshots: Sequence[Snapshot], find: Find, *, code: str, title: str, noun: str, fix: str
) -> list[Finding]:
    """A finding when there are more and more open ones. find: the open ones of a snapshot."""
    if not snapshots:
        return []
    counts = [len(find(snapshot)) for snapshot in snapshots]
    last = snapshots[-1]
    found = find(last)
    more = counts[-1] - counts[0] if len(counts) > 1 else counts[-1]
    judged = growth(counts, _LEAST_MORE)
    if more < _LEAST_MORE or (len(counts) > 2 and judged.verdict in ("steady", "settles")):
        return []
    if len(counts) == 1:
        return []
    places = Counter(
        expression(last, [last.edge(edge) for edge in last.shortest_path(node)], masked=True)
        for node in found
    )
    holder, held = places.most_common(1)[0]
    lines = Counter(at for node in found if (at := last.allocated_at(node)) is not None)
    own = {at: n for at, n in lines.items() if last.stacks.is_user_file(at.file)}
    at = max(own, key=lambda each: own[each]) if own else None
    retained = sum(last.nodes("retained_bytes")[node] for node in found)
    evidence = [
        f"{' → '.join(map(str, counts))} {noun} from snapshot to snapshot",
        f"{held} of them at {holder or place_of(last, found[0])}",
    ]
    return [
        Finding(
            code, title, at.file if at else "", at.line if at else 0, at.function if at else "",
            holder, tuple(evidence), retained, "measured",
            0.9 if judged.verdict == "grows" else 0.6, fix,
        )
    ]  # fmt: skip


def named(snapshot: Snapshot, *names: str) -> list[int]:
    """The objects of types by their full names."""
    return [node for name in names for node in snapshot.of_type_exactly(name)]


def attribute(snapshot: Snapshot, node: int, name: str) -> int:
    """The node of an attribute; 0 when there is none."""
    for step in snapshot.steps_from(node):
        if step.kind == "attribute" and step.name == name:
            return step.node
        if step.kind == "internal" and step.name == "__dict__":
            for entry in snapshot.steps_from(step.node):
                if entry.kind == "key" and entry.name == name:
                    return entry.node
    return 0


def is_none(snapshot: Snapshot, node: int) -> bool:
    """Whether a node is None (or there is none)."""
    return node == 0 or snapshot.type_of(node) == "NoneType"
