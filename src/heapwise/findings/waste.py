"""What rules of waste share: what is worth a word, sizes of blocks, and how an instance looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from heapwise.analyze.total import below
from heapwise.model.snapshot import Snapshot

LEAST_SHARE, LEAST_BYTES = 0.01, 64 << 10
"""A saving below these (the first: of the heap) is not worth a change."""
_SMALL_BYTES = 512


LEAST_ARRAY_BYTES = 1 << 20
"""The same of what is changed array by array, each time by hand."""


def worth_bytes(snapshot: Snapshot, least_bytes: int = LEAST_BYTES) -> int:
    """The least saving that is worth a word."""
    return max(least_bytes, int(LEAST_SHARE * snapshot.figure("shallow_bytes")))


def block_bytes(size: int) -> int:
    """What the allocators take for a block of a size."""
    return (size + 15) // 16 * 16 if size <= _SMALL_BYTES else (size + 8 + 15) // 16 * 16


def mean(values: Iterable[int]) -> float:
    """The mean; 0 of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


@dataclass(frozen=True)
class Instance:
    """An instance of a plain class: the names of its attributes, its bytes with those of its dict, whether
    it has a dict of its own, and the names in order."""

    names: frozenset[str]
    size_bytes: int
    has_dict: bool
    order: tuple[str, ...] = ()


def in_use(snapshot: Snapshot, nodes: Iterable[int]) -> list[int]:
    """Those that something still reaches: what waits for the collector is HW131's."""
    waiting = {
        node
        for garbage in snapshot.of_type_exactly("<garbage>")
        for node in below(snapshot, [garbage])
    }
    return [node for node in nodes if node not in waiting]


def holders_of(snapshot: Snapshot, node: int) -> Sequence[int]:
    """What has an object's attributes: the object, and the dict of its own where it has one."""
    steps = snapshot.steps_from(node)
    return [node, *(s.node for s in steps if s.kind == "internal" and s.name == "__dict__")]


def instances_of(snapshot: Snapshot, node: int) -> Instance | None:
    """How an instance looks; None when it has no attributes (or they are not told)."""
    size = snapshot.nodes("size_bytes")[node]
    names: dict[str, None] = {}
    has_dict = False
    for step in snapshot.steps_from(node):
        if step.kind == "attribute":
            names[str(step.name)] = None
        elif step.kind == "internal" and step.name == "__dict__":
            has_dict = True
            size += snapshot.nodes("size_bytes")[step.node]
            names |= {str(s.name): None for s in snapshot.steps_from(step.node) if s.kind == "key"}
    return Instance(frozenset(names), size, has_dict, tuple(names)) if names else None
