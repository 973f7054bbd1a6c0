"""What a line that ran at the peak was given to work on, as the snapshot of the peak tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from heapwise.analyze.frame_locals import bare
from heapwise.analyze.paths import attribute
from heapwise.model.snapshot import Snapshot

_ENDS = frozenset(("module", "type", "function", "code", "<frame>", "<thread>"))
_MOST_LOOKED_AT = 200_000


def running(snapshot: Snapshot) -> Mapping[str, list[int]]:
    """Function -> the nodes of its frames that run, the innermost last."""
    found: dict[str, list[int]] = {}
    for thread in [node for node in snapshot.labels if snapshot.type_of(node) == "<thread>"]:
        for step in snapshot.steps_from(thread):
            if snapshot.type_of(step.node) == "<frame>":
                name = bare(snapshot.labels.get(step.node, ""))
                found.setdefault(name, []).insert(0, step.node)
    return found


def named(snapshot: Snapshot, frames: Iterable[int], names: Iterable[str]) -> Iterator[int]:
    """The nodes that names stand for in some frames: `x`, or `self.x`, which is x's own node where an instance has an
    attribute of that name. No modules, classes and functions."""
    known = {
        str(step.name): step.node
        for frame in frames for step in snapshot.steps_from(frame) if step.kind == "local"
    }  # fmt: skip
    for name in names:
        first, _, rest = name.partition(".")
        if first in known and snapshot.type_of(known[first]) not in _ENDS:
            yield attribute(snapshot, known[first], rest) or known[first]


def reached(snapshot: Snapshot, begun: Iterable[int]) -> set[int]:
    """Some nodes and the data that they lead to; no code, no classes, no modules."""
    first, counts = snapshot.nodes("first_edge"), snapshot.nodes("edges_count")
    targets, types = snapshot.edges("target"), snapshot.nodes("type")
    ends = {row for row, name in enumerate(snapshot.type_names) if name in _ENDS}
    seen = set(begun)
    waiting = list(seen)
    while waiting and len(seen) < _MOST_LOOKED_AT:
        node = waiting.pop()
        for each in targets[first[node] : first[node] + counts[node]]:
            if each not in seen and types[each] not in ends:
                seen.add(each)
                waiting.append(each)
    return seen
