"""What rules of waste share: what is worth a word, sizes of blocks, and how an instance looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from heapwise.analyze.freed import below
from heapwise.analyze.remembered import remembered
from heapwise.model.heap_tables import GARBAGE
from heapwise.model.snapshot import Snapshot

LEAST_SHARE, LEAST_BYTES = 0.01, 64 << 10
"""A saving below these (the first: of the heap) is not worth a change."""
_SMALL_BYTES = 512


_WAITING_SHARE, _WAITING_BYTES = 0.10, 8 << 20
"""What waits for a collector that is on is not worth a word below this."""
MANY_WAITING = 10_000
"""A collector with thresholds as they are leaves fewer objects waiting."""
_MANY_CALLS = 8
"""Frames of one function that wait: what one call has left are fewer, unless it called itself."""
_hangs: WeakKeyDictionary[Snapshot, dict[tuple[int, ...], Set[int]]] = WeakKeyDictionary()
"""Asked for by many rules of one snapshot."""
LEAST_ARRAY_BYTES = 1 << 20
"""The same of what is changed array by array, each time by hand."""


_SHARED_REFERENCES = 900_000_000
"""Small ints had about 1e9 references before 3.12; now they count as immortal, which is more."""


def has_no_box(snapshot: Snapshot, node: int) -> bool:
    """Whether an int is one of those that the interpreter has ready, from -5 to 256."""
    return snapshot.nodes("refcount")[node] >= _SHARED_REFERENCES


def text_head_bytes(snapshot: Snapshot) -> int:
    """What a text of ASCII takes beside its characters: 49 bytes in 3.11, 41 afterwards."""
    return 49 if python_version(snapshot.meta) < (3, 12) else 41


def python_version(meta: Mapping[str, Any]) -> tuple[int, int]:
    """(major, minor) of the interpreter that a recording or a snapshot is of."""
    major, minor = str(meta.get("python", "3.12")).split(".")[:2]
    return int(major), int(minor)


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


def is_never_collected(snapshot: Snapshot) -> bool:
    """Whether the collector is off, or has been told by gc.freeze() not to look at most of what waits for it."""
    frozen = snapshot.facts.get("frozen")
    if snapshot.figure("collector_disabled") or not frozen:
        return bool(snapshot.figure("collector_disabled"))
    return snapshot.garbage_bytes < 2 * snapshot.retained_of(list(frozen))


@remembered
def imported_sites(snapshot: Snapshot) -> Set[int]:
    """The sites of what imports made: how a library is built is its own affair."""
    stacks = snapshot.stacks
    return {site for site, row in snapshot.site_rows.items() if stacks.is_import(row)}


@remembered
def waiting(snapshot: Snapshot) -> Sequence[int]:
    """The root of what waits for the collector, where that is worth a word (HW131). Where the collector is on, what a
    function that has just returned leaves at the end of the program is not; what its calls have left one by one is."""
    off = is_never_collected(snapshot)
    is_late = not (snapshot.is_of_peak or snapshot.figure("garbage_count") >= MANY_WAITING)
    retained, whole = snapshot.nodes("retained_bytes"), snapshot.figure("shallow_bytes")
    return [
        node for node in snapshot.of_type_exactly(GARBAGE)
        if retained[node] > _WAITING_SHARE * whole
        and (
            off
            or (retained[node] >= _WAITING_BYTES and (not is_late or _calls(snapshot, node) >= _MANY_CALLS))
        )
    ]  # fmt: skip


def _calls(snapshot: Snapshot, garbage: int) -> int:
    """How many frames of one function wait, at most."""
    frames = (node for node in below(snapshot, [garbage]) if snapshot.type_of(node) == "frame")
    functions = Counter(snapshot.labels.get(node, "") for node in frames)
    return max(functions.values(), default=0)


def in_use(snapshot: Snapshot, nodes: Iterable[int]) -> list[int]:
    """Those that are not told to wait for the collector."""
    told = _below(snapshot, waiting(snapshot))
    return [node for node in nodes if node not in told]


def reached(snapshot: Snapshot, nodes: Iterable[int]) -> list[int]:
    """Those that do not wait for the collector, be that worth a word or not."""
    waits = that_wait(snapshot)
    return [node for node in nodes if node not in waits]


def that_wait(snapshot: Snapshot) -> Set[int]:
    """What waits for the collector, with all that it alone keeps."""
    return _below(snapshot, snapshot.of_type_exactly(GARBAGE))


def _below(snapshot: Snapshot, garbage: Sequence[int]) -> Set[int]:
    """What hangs from some roots of what waits; worked out once for a snapshot."""
    known = _hangs.setdefault(snapshot, {})
    key = tuple(garbage)
    if key not in known:
        known[key] = frozenset(below(snapshot, garbage)) if key else frozenset()
    return known[key]


def holders_of(snapshot: Snapshot, node: int) -> Sequence[int]:
    """What has an object's attributes: the object, and the dict of its own where it has one."""
    steps = snapshot.steps_from(node)
    return [node, *(s.node for s in steps if s.kind == "internal" and s.name == "__dict__")]


def instances_of(snapshot: Snapshot, node: int) -> Instance | None:
    """How an instance looks; None when it has no attributes (or they are not told)."""
    if not snapshot.has_steps(node, "attribute", "internal"):
        return None  # a list of millions, for one
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
