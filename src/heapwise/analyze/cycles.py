"""Which objects are in rings, and which reference closes them? By the types that the rings are made of.

Rings are freed by the cyclic collector alone; one weak reference in each would let reference counts do it. Rings
that classes, modules and functions make with their namespaces are left out: they live as long as the program.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from heapwise.analyze.paths import place_of
from heapwise.model.heap_tables import NO_NODE, SYNTHETIC
from heapwise.model.snapshot import Snapshot
from heapwise.model.table import Table

_OF_THE_PROGRAM = frozenset(("module", "type", "function", "code", "abc.ABCMeta", "cell", "property",
                             "staticmethod", "classmethod", "getset_descriptor"))  # fmt: skip
_TYPES_SHOWN = 4


@dataclass(slots=True)
class _Kind:
    """Rings of one make."""

    count: int = 0
    objects_count: int = 0
    shallow_bytes: int = 0
    closing: Counter[str] = field(default_factory=Counter)
    example: int = 0


def cycles(snapshot: Snapshot, limit: int) -> Table:
    """types, count (of rings), objects_count, shallow_bytes, closed_by (the reference back, which a weak one
    could replace), holder (of one of them); most bytes first."""
    kinds: dict[tuple[str, ...], _Kind] = {}
    for members in _rings(snapshot):
        names = Counter(snapshot.type_of(node) for node in members)
        if any(name in _OF_THE_PROGRAM or name in SYNTHETIC for name in names):
            continue
        shown = tuple(name for name, _ in names.most_common(_TYPES_SHOWN))
        kind = kinds.setdefault(shown, _Kind(example=members[0]))
        kind.count += 1
        kind.objects_count += len(members)
        kind.shallow_bytes += sum(snapshot.nodes("size_bytes")[node] for node in members)
        if kind.count <= 50:
            kind.closing.update(_closing(snapshot, members))
    order = sorted(kinds, key=lambda names: -kinds[names].shallow_bytes)
    shown_kinds = order[:limit] if limit > 0 else order
    left = len(order) - len(shown_kinds)
    rows = [kinds[names] for names in shown_kinds]
    return Table(
        "cycles",
        {
            "types": [", ".join(names) for names in shown_kinds],
            "count": [row.count for row in rows],
            "objects_count": [row.objects_count for row in rows],
            "shallow_bytes": [row.shallow_bytes for row in rows],
            "closed_by": [row.closing.most_common(1)[0][0] if row.closing else "" for row in rows],
            "holder": [place_of(snapshot, row.example) for row in rows],
        },
        f"{left} more kinds of rings" if left else "",
    )


def _rings(snapshot: Snapshot) -> list[list[int]]:
    """The members of each strongly connected component of more than one object."""
    component = snapshot.components()
    sizes = Counter(component)
    members: dict[int, list[int]] = {}
    for node, number in enumerate(component):
        if sizes[number] > 1:
            members.setdefault(number, []).append(node)
    return list(members.values())


def _closing(snapshot: Snapshot, members: list[int]) -> list[str]:
    """References that lead back: to an object that stands nearer to the root, or as near."""
    inside, depths = set(members), {}
    parents, _ = snapshot.parents
    for node in members:
        depth, at = 0, node
        while at and parents[at] != NO_NODE:
            at = parents[at]
            depth += 1
        depths[node] = depth
    found = []
    for node in members:
        for step in snapshot.steps_from(node):
            if step.node in inside and step.kind != "weak" and depths[step.node] <= depths[node]:
                owner, name = snapshot.type_of(node), f".{step.name}"
                if step.kind not in ("attribute", "internal", "key"):
                    name = "[…]" if step.kind in ("index", "int key", "item", "element") else " →"
                found.append(f"{owner}{name} → {snapshot.type_of(step.node)}")
    return found
