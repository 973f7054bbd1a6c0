"""HW306: many empty containers.

An empty list takes 72 bytes with its header, an empty dict 64, an empty set 216 and more: made for each object in
`__init__`, they are most of it.

What to do: make them when the first item comes (`None` until then, or a shared empty tuple). Costs: who reads it must
be ready for None. Clean: containers that are mostly filled; those of libraries' classes.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.analyze.program_source import program_source
from heapwise.findings.own_classes import can_be_changed, derives_from_library
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.heap_tables import ATTRIBUTE, NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW306"
TITLE = "empty containers in each object"
_LEAST_COUNT, _LEAST_SHARE = 1000, 0.9


_Empty = tuple[tuple[int, int, str], list[int]]
"""((row of the owner's type, attribute, kind), empty containers)."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Empty lists, dicts, sets by the attribute that holds them."""
    counts, sizes, kinds = (snapshot.nodes(n) for n in ("edges_count", "size_bytes", "type"))
    parents, edges = snapshot.parents
    groups: dict[tuple[int, int, str], list[int]] = {}
    filled: dict[tuple[int, int, str], int] = {}
    names, edge_kinds = snapshot.edges("name"), snapshot.edges("kind")
    for name in ("list", "dict", "set"):
        for node in snapshot.of_type_exactly(name):
            above = parents[node]
            if above == NO_NODE or edge_kinds[edges[node]] != ATTRIBUTE:
                continue
            key = kinds[above], names[edges[node]], name
            if counts[node]:
                filled[key] = filled.get(key, 0) + 1
            else:
                groups.setdefault(key, []).append(node)
    by_owner: dict[int, list[_Empty]] = {}
    for key, nodes in groups.items():
        share = len(nodes) / (len(nodes) + filled.get(key, 0))
        if len(nodes) >= _LEAST_COUNT and share >= _LEAST_SHARE:
            by_owner.setdefault(key[0], []).append((key, nodes))
    least = worth_bytes(snapshot)
    for owner, all_found in by_owner.items():
        found = _of_program(snapshot, owner, all_found)
        saving = sum(sizes[node] for _, nodes in found for node in nodes)
        if saving < least or not can_be_changed(snapshot, snapshot.type_names[owner]):
            continue
        count = sum(len(nodes) for _, nodes in found)
        name = snapshot.type_names[owner]
        told = [
            f"{len(nodes)} empty {kind}s in .{snapshot.text(attribute)} of {name}"
            for (_, attribute, kind), nodes in found
        ]
        attributes = ", ".join(f"self.{snapshot.text(key[1])}" for key, _ in found)
        yield structural(
            snapshot, found[0][1][0], CODE, TITLE, saving_bytes=saving, evidence=told,
            fix=f"{attributes} = None until the first item comes", confidence=0.8,
            freed=Freed(nodes=[node for _, nodes in found for node in nodes]),
            recipe=Recipe(
                "None", "None", count, saving,
                {"kinds": [(kind, len(nodes) / count) for (_, _, kind), nodes in found]},
            ),
        )  # fmt: skip


def _of_program(snapshot: Snapshot, owner: int, found: list[_Empty]) -> list[_Empty]:
    """Those in attributes that the program gives a value to, where a class has a base of a library, which has its
    own."""
    if not derives_from_library(snapshot, snapshot.type_names[owner]):
        return found
    stored = program_source(snapshot).stored
    return [each for each in found if snapshot.text(each[0][1]) in stored]
