"""What is one of the new objects like? Its type, its size, and the names, types and sizes of its parts; no values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from heapwise.model.heap_tables import SYNTHETIC
from heapwise.model.snapshot import Snapshot

_MOST_PARTS = 4
_MOST_COUNTED = 1000
_LONGEST_NAME = 24
_ITEMS = ("index", "key", "int key", "item", "element", "reference", "key object")
_NAMED = ("key", "attribute", "local")


@dataclass(frozen=True, slots=True)
class Part:
    """name: of an attribute, a key or a local, shortened; an index as a number; empty for other references."""

    name: str
    type: str
    retained_bytes: int


@dataclass(frozen=True, slots=True)
class Sample:
    """An example of what gathers. retained_bytes: with all that it alone keeps. parts: the largest of them.
    alike_count: how many new ones of its type and its line there are at the place (of the first so many)."""

    type: str
    retained_bytes: int
    parts: Sequence[Part]
    alike_count: int = 0


def sample(snapshot: Snapshot, places: Sequence[int], members: Sequence[int]) -> Sample | None:
    """An example of the new objects at some places, of the type that takes most there; None when there are none."""
    new = set(members)
    retained = snapshot.nodes("retained_bytes")
    candidates = [n for place in places for n in snapshot.children(place) if n in new] or members
    sums: dict[str, int] = {}
    for node in candidates:
        name = snapshot.type_of(node)
        if name not in SYNTHETIC:
            sums[name] = sums.get(name, 0) + retained[node]
    if not sums:
        return None
    kind = max(sums, key=lambda name: (sums[name], name))
    alike = sorted((retained[n], n) for n in candidates if snapshot.type_of(n) == kind)
    size, example = alike[len(alike) // 2]
    items = _items(snapshot, places, kind)
    lines = Counter(snapshot.allocated_at(n) for _, n in alike[:_MOST_COUNTED] if n in items)
    return Sample(kind, size, _parts(snapshot, example), max(lines.values(), default=0))


def _items(snapshot: Snapshot, places: Sequence[int], kind: str) -> Container[int]:
    """What may be one of many: items of containers, links of a chain, what no single object has; attributes of an
    object are not."""
    if (
        not places
        or snapshot.type_of(places[0]) == kind
        or snapshot.type_of(places[0]) in SYNTHETIC
    ):
        return range(len(snapshot))
    return {s.node for place in places for s in snapshot.steps_from(place) if s.kind in _ITEMS}


def _parts(snapshot: Snapshot, node: int) -> list[Part]:
    steps = snapshot.steps_from(node)
    for step in list(steps):
        if step.kind == "internal" and step.name == "__dict__":
            steps += snapshot.steps_from(step.node)
    retained = snapshot.nodes("retained_bytes")
    own = set(snapshot.children(node))
    found = []
    for step in steps:
        if step.kind in ("type", "weak", "key object") or step.name == "__dict__":
            continue
        name = str(step.name)[:_LONGEST_NAME] if step.kind in (*_NAMED, "index") else ""
        # What others have, too, goes not with it.
        size = retained[step.node] if step.node in own else 0
        found.append(Part(name, snapshot.type_of(step.node), size))
    return sorted(found, key=lambda part: (-part.retained_bytes, part.name, part.type))[
        :_MOST_PARTS
    ]
