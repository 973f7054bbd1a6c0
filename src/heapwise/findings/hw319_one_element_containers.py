"""HW319: many containers of one element.

A list that was made for one element takes 80 to 104 bytes, a set 216: in an index or a table of groups where nearly
every entry has one, that is most of it.

What to do: keep the element itself, and make a list when the second comes; or a tuple, which takes 64 bytes with one
element and cannot be changed. Costs: two cases to tell apart (one place that reads, one that adds). Clean: containers
that mostly hold more.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.own_classes import is_of_library
from heapwise.findings.place import structural
from heapwise.findings.roles import by_role, held_by, shown
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW319"
TITLE = "containers of one element"
_LEAST_COUNT, _LEAST_SHARE = 1000, 0.7


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Lists, sets and deques by who holds them."""
    least = worth_bytes(snapshot)
    sizes, counts = snapshot.nodes("size_bytes"), snapshot.nodes("edges_count")
    for role, nodes in by_role(snapshot, ("list", "set", "collections.deque")).items():
        if len(nodes) < _LEAST_COUNT or is_of_library(snapshot, snapshot.type_names[role.owner]):
            continue
        # An edge to the type is there at most besides.
        alone = [
            node for node in nodes if counts[node] in (1, 2) and len(held_by(snapshot, node)) == 1
        ]
        saving = sum(sizes[node] for node in alone)
        if len(alone) < _LEAST_SHARE * len(nodes) or saving < least:
            continue
        told = f"{len(alone)} of {len(nodes)} {role.kind}s ({shown(snapshot, role)}) hold one element: {saving} bytes"
        yield structural(
            snapshot, alone[len(alone) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.7,
            evidence=[told],
            fix="keep the element itself until a second comes", freed=Freed(nodes=alone, entirely=True),
        )  # fmt: skip
