"""HW316: a dict whose keys are 0, 1, 2 and so on.

Its table takes 40 bytes and more an entry, and each key above 256 another 32; a list takes 8 an entry.

What to do: a list, or an array. Clean: keys with gaps, or that are removed and added.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.heap_tables import EDGE_KINDS
from heapwise.model.snapshot import Snapshot

CODE = "HW316"
TITLE = "a dict that is a list"
_LEAST_ENTRIES, _LIST_BYTES, _ITEM_BYTES = 1000, 72, 8
_INT_KEY, _KEY_OBJECT = EDGE_KINDS.index("int key"), EDGE_KINDS.index("key object")
_OTHER_KEYS = frozenset((EDGE_KINDS.index("key"), EDGE_KINDS.index("item")))


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Large dicts of ints without a gap."""
    least = worth_bytes(snapshot)
    counts, sizes, first = (snapshot.nodes(n) for n in ("edges_count", "size_bytes", "first_edge"))
    kinds, names, targets = (snapshot.edges(n) for n in ("kind", "name", "target"))
    above = snapshot.nodes("dominator")
    for node in snapshot.of_type_exactly("dict"):
        if counts[node] < _LEAST_ENTRIES or sizes[node] < least:
            continue
        edges = range(first[node], first[node] + counts[node])
        keys = [names[edge] for edge in edges if kinds[edge] == _INT_KEY]
        if (
            len(keys) < _LEAST_ENTRIES
            or min(keys)
            or max(keys) != len(keys) - 1
            or len(set(keys)) < len(keys)
            or any(kinds[edge] in _OTHER_KEYS for edge in edges)
        ):
            continue
        boxes = {targets[edge] for edge in edges if kinds[edge] == _KEY_OBJECT}
        owned = [box for box in boxes if above[box] == node]
        own = sum(sizes[box] for box in owned)
        saving = sizes[node] + own - _LIST_BYTES - _ITEM_BYTES * len(keys)
        if saving >= least:
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=saving, confidence=0.7, fix="a list",
                evidence=[f"{len(keys)} keys from 0 to {len(keys) - 1}"], freed=Freed(nodes=[node, *owned]),
                recipe=Recipe("list", "list", len(keys), sizes[node] + own, {}, "an entry"),
            )  # fmt: skip
