"""What of objects that hang together in rings is alive even where each is let go at once: until the collector comes,
they wait; so does the one that is being made.

The young ones are looked at after so many new containers (the first threshold), what is left of them after so many such
looks (the second), all after so many of those (the third), and when those left over since are a quarter of all
(CPython's Modules/gcmodule.c). Of what is being made when a collection comes, a part grows older: it is found no sooner
than by the next collection of that age.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence, Set
from dataclasses import replace

from heapwise import units
from heapwise.analyze.freed import all_freed
from heapwise.analyze.program_source import program_source
from heapwise.analyze.statement import last_name
from heapwise.model.finding import Finding
from heapwise.model.heap_tables import WEAK
from heapwise.model.snapshot import Snapshot

_PLAIN = frozenset(("str", "bytes", "int", "float", "complex", "bool", "NoneType", "bytearray"))
"""Types that the collector knows nothing of."""
_OLD_SHARE = 0.25
_IN_ITS_PLACE = 1
"""A record is made of each, and kept: a container, too."""
_MOST_STAYS = 0.8
"""Of a saving so much is taken for what stays, at most."""
_LOOKED_AT = 5
"""Of so many wholes it is seen what each is."""


def without_waiting(finding: Finding, snapshot: Snapshot, wholes: Sequence[int]) -> Finding:
    """A finding on wholes that need not be kept, without what is there even so."""
    stays = stays_bytes(snapshot, wholes, set(all_freed(finding.freed, snapshot)))
    if not stays:
        return finding
    # Of a short run all may wait; a longer one keeps more.
    stays = min(stays, round(_MOST_STAYS * finding.saving_bytes))
    told = f"{units.size(stays)} of it stays: the one that is made, and rings that wait for the collector"
    saving = finding.saving_bytes - stays
    return replace(finding, saving_bytes=saving, evidence=(*finding.evidence, told))


def stays_bytes(snapshot: Snapshot, wholes: Sequence[int], freed: Set[int]) -> int:
    """Of objects that were made one after the other, each with a ring of its own, what is there at the most where none
    is kept, in bytes; 0 where they are in no rings, where the program calls the collector, or where this does not go by
    such numbers. freed: what goes with them."""
    thresholds = tuple(snapshot.figure(f"{nth}_threshold") for nth in ("first", "second", "third"))
    if len(wholes) < 2 or not all(thresholds) or _collects(snapshot):
        return 0
    rings = [_ring(snapshot, node, freed) for node in wholes[:: max(1, len(wholes) // _LOOKED_AT)]]
    rings = [ring for ring in rings if ring]
    if not rings:
        return 0
    types, sizes, names = snapshot.nodes("type"), snapshot.nodes("size_bytes"), snapshot.type_names
    plain = {row for row, name in enumerate(names) if name in _PLAIN}
    containers = sum(types[node] not in plain for ring in rings for node in ring) / len(rings)
    containers += _IN_ITS_PLACE
    each_bytes = sum(sizes[node] for ring in rings for node in ring) / len(rings)
    others = sum(each not in plain for each in types) - round(containers * len(wholes))
    return round(each_bytes * alive_count(len(wholes), containers, max(others, 0), thresholds))


def _collects(snapshot: Snapshot) -> bool:
    """Whether the program's source says gc.collect() in a loop."""
    source = program_source(snapshot)
    calls = (each for each in source.of(ast.Call) if last_name(each.func) == "collect")
    return any(map(source.is_in_loop, calls))


def _ring(snapshot: Snapshot, start: int, within: Set[int]) -> Set[int]:
    """An object and all that it leads to within some others, where that leads back to it; else nothing."""
    firsts, counts = snapshot.nodes("first_edge"), snapshot.nodes("edges_count")
    targets, kinds = snapshot.edges("target"), snapshot.edges("kind")
    seen, left, leads_back = {start}, [start], False
    while left:
        node = left.pop()
        for edge in range(firsts[node], firsts[node] + counts[node]):
            target = targets[edge]
            if kinds[edge] == WEAK or target not in within:
                continue
            leads_back = leads_back or target == start
            if target not in seen:
                seen.add(target)
                left.append(target)
    return seen if leads_back else set()


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
