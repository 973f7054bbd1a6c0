"""HW321: the same dict, list or set, again and again.

A copy of the defaults for each object (`self.options = dict(DEFAULTS)`), a list of the same columns for each row: each
is a container of its own, though all say the same.

What to do: share one, and copy it when it is changed (`{**shared, key: value}`); a tuple, a frozenset or a
`types.MappingProxyType` makes sure that nobody changes what all of them see. Costs: who changes one must copy it first.
Clean: containers that are filled later, each with its own; lists and sets of one element (HW319).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.findings.own_classes import is_of_library
from heapwise.findings.place import structural
from heapwise.findings.roles import by_role, shown
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW321"
TITLE = "equal containers"
_LEAST_COUNT, _LEAST_COPIES, _MOST_ITEMS, _MOSTLY = 200, 10, 64, 0.9


_Item = tuple[int, int, int]
"""Kind, name and target of an edge."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Dicts, lists and sets that are not empty, by who holds them."""
    least = worth_bytes(snapshot)
    sizes, counts = snapshot.nodes("size_bytes"), snapshot.nodes("edges_count")
    for role, nodes in by_role(snapshot, ("dict", "list", "set")).items():
        small = [node for node in nodes if 0 < counts[node] <= _MOST_ITEMS]
        if is_of_library(snapshot, snapshot.type_names[role.owner]):
            continue
        if len(small) < _LEAST_COUNT or sum(sizes[node] for node in small) < least:
            continue
        alone = sum(counts[node] == 1 for node in small) if role.kind != "dict" else 0
        if alone > _MOSTLY * len(small):
            continue  # what HW319 is about: each may be about to be filled
        values: dict[frozenset[_Item], int] = {}
        most_values = len(small) / (_LEAST_COPIES + 1)
        copies = []
        for node, held in _contents(snapshot, small):
            if values.setdefault(held, node) != node:
                copies.append(node)
            elif len(values) > most_values:
                break
        saving = sum(sizes[node] for node in copies)
        if saving < least or len(values) > most_values:
            continue
        where = shown(snapshot, role)
        told = f"{len(small)} {role.kind}s ({where}) hold {len(values)} values: {saving} bytes of copies"
        yield structural(
            snapshot, copies[len(copies) // 2], CODE, f"{TITLE}: {role.kind}", saving_bytes=saving, confidence=0.7,
            evidence=[told],
            fix="share one, and copy it when it is changed; a tuple, frozenset or MappingProxyType keeps it as it is",
            freed=Freed(nodes=copies, entirely=True),
        )  # fmt: skip


def _contents(snapshot: Snapshot, nodes: Sequence[int]) -> Iterator[tuple[int, frozenset[_Item]]]:
    """(container, what it holds); equal strings, bytes and tuples are one. Elements of sets have no names."""
    first, counts = snapshot.nodes("first_edge"), snapshot.nodes("edges_count")
    kinds, names, targets = (snapshot.edges(n) for n in ("kind", "name", "target"))
    same_as = dict(snapshot.copies).get
    for node in nodes:
        held = slice(first[node], first[node] + counts[node])
        target = targets[held]
        yield (
            node,
            frozenset(zip(kinds[held], names[held], map(same_as, target, target), strict=True)),
        )
