"""HW365: many small deques.

A `collections.deque` keeps its items in blocks of 64 places, and has one from the beginning: some 600 to 760 bytes, for
five items as for none.

What to do: a list for each (`append`, and `del items[0]` where there are too many); of numbers one array for all, with
a place that goes round (`values[5 * bus + count % 5] = speed`). Costs: of a long list taking out the first is slow.
Clean: a few deques; those with many items; those of a library's objects.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.own_classes import is_of_library
from heapwise.findings.place import structural
from heapwise.findings.roles import by_role, shown
from heapwise.findings.waste import block_bytes, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW365"
TITLE = "many small deques"
_MANY, _MOST_ITEMS = 1000, 16
_HEAD_BYTES, _PLACE_BYTES = 56, 8
_NUMBERS = frozenset(("int", "float", "bool"))


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Deques of a few items in one role."""
    sizes, counts = snapshot.nodes("size_bytes"), snapshot.nodes("edges_count")
    kept = snapshot.nodes("slack_bytes")  # of deques empty blocks, beyond their size
    for role, nodes in by_role(snapshot, ("collections.deque",)).items():
        small = [node for node in nodes if counts[node] <= _MOST_ITEMS + 1]
        owner = snapshot.type_names[role.owner]
        if len(small) < _MANY or is_of_library(snapshot, owner):
            continue
        items = [
            step.node
            for node in small[:_MANY]
            for step in snapshot.steps_from(node)
            if step.kind == "index"
        ]
        # They may be empty where nothing has come yet.
        numbers = bool(items) and all(snapshot.type_of(item) in _NUMBERS for item in items)
        places = max(1, -(-len(items) // len(small[:_MANY])))
        head = 0 if numbers else block_bytes(_HEAD_BYTES) + 16
        needed = head + _PLACE_BYTES * places
        taken = sum(sizes[node] + kept[node] for node in small)
        saving = taken - needed * len(small)
        if saving >= worth_bytes(snapshot):
            instead = "one array for all" if numbers else "lists"
            yield structural(
                snapshot, small[len(small) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[f"{len(small)} deques ({shown(snapshot, role)}) of {places} items take {taken // len(small)} "
                          f"bytes each, {needed} in {instead}"],
                fix="one array, with a place that goes round" if numbers else "a list, and del items[0]",
                freed=Freed(nodes=small),
            )  # fmt: skip
