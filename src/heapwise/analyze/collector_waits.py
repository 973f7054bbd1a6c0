"""What of objects that hang together in rings is alive even where each is let go at once: until the collector comes, they
wait; so does the one that is being made.

The young ones are looked at after so many new containers (the first threshold), what is left of them after so many such
looks (the second), all after so many of those (the third), and when those left over since are a quarter of all (CPython's
Modules/gcmodule.c). Of what is being made when a collection comes, a part grows older: it is found no sooner than by the
next collection of that age.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from heapwise import units
from heapwise.analyze.total import all_freed, below
from heapwise.model.finding import Finding
from heapwise.model.snapshot import Snapshot

_PLAIN = frozenset(("str", "bytes", "int", "float", "complex", "bool", "NoneType", "bytearray"))
"""Types that the collector knows nothing of."""
_OLD_SHARE = 0.25


def without_waiting(finding: Finding, snapshot: Snapshot, wholes: Sequence[int]) -> Finding:
    """A finding on wholes that need not be kept, without what is there even so."""
    stays = stays_bytes(snapshot, wholes, all_freed(finding.freed, snapshot))
    if not 0 < stays < finding.saving_bytes:
        return finding
    told = f"{units.size(stays)} of it stays: the one that is made, and rings that wait for the collector"
    saving = finding.saving_bytes - stays
    return replace(finding, saving_bytes=saving, evidence=(*finding.evidence, told))


def stays_bytes(snapshot: Snapshot, wholes: Sequence[int], freed: Set[int]) -> int:
    """Of objects that were made one after the other, each with a ring of its own, what is there at the most where none
    is kept, in bytes; 0 where they are in no rings, or where the collector does not go by such numbers. freed: what
    goes with them."""
    thresholds = tuple(snapshot.figure(f"{nth}_threshold") for nth in ("first", "second", "third"))
    if len(wholes) < 2 or not all(thresholds):
        return 0
    rings = [node for node in _rings_of(snapshot, wholes) if node in freed]
    if len(rings) < len(wholes):
        return 0
    types, names = snapshot.nodes("type"), snapshot.type_names
    plain = {row for row, name in enumerate(names) if name in _PLAIN}
    in_rings = sum(types[node] not in plain for node in below(snapshot, rings))
    others = sum(each not in plain for each in types) - in_rings
    there = alive_count(len(wholes), in_rings / len(wholes), others, thresholds)
    return round(snapshot.retained_of(rings) * min(1.0, there / len(wholes)))


def _rings_of(snapshot: Snapshot, nodes: Sequence[int]) -> list[int]:
    """The members of the rings that some objects are in."""
    components = snapshot.components()
    numbers = {components[node] for node in nodes}
    members: dict[int, list[int]] = {number: [] for number in numbers}
    for node, number in enumerate(components):
        if number in numbers:
            members[number].append(node)
    return [node for ring in members.values() if len(ring) > 1 for node in ring]


def alive_count(count: int, containers: float, others: int, thresholds: tuple[int, ...]) -> float:
    """How many of so many wholes are there at the most, each of so many containers: in the making, or waiting for the
    collector. others: containers that stay."""
    first, second, third = thresholds
    young = first + 1  # containers made from one collection of the young ones to the next
    middle = young * (second + 2)  # to the next one of the middle
    old = middle * max(third + 1, _OLD_SHARE * others / min(containers, middle)) + young
    made = min(count * containers, old)
    if containers >= middle:
        return made / containers
    # Each collection leaves the one that is being made.
    newest = middle / containers if containers >= young else second + 1 + young / containers
    return min(float(count), made / middle + newest)


def _is_ring(snapshot: Snapshot, node: int) -> bool:
    """Whether an object refers to itself, by others."""
    components = snapshot.components()
    number = components[node]
    return sum(each == number for each in components) > 1
