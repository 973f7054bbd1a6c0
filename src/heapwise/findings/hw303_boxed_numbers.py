"""HW303: a list or tuple of boxed numbers.

Each float takes 32 bytes of the heap and each int beyond the small ones as many, and the list 8 more for the
reference; in an array a number takes 8 bytes or less.

What to do: `array.array('d', ...)` or a NumPy array. Costs: taking single items out boxes them anew; sums and other
arithmetic on the whole get faster (NumPy). Clean: short lists, lists of mixed things.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.snapshot import Snapshot

CODE = "HW303"
TITLE = "numbers in boxes"
_LEAST_ITEMS, _SAMPLE, _ITEM_BYTES = 1000, 200, 8


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Long lists and tuples of ints or floats alone."""
    least = worth_bytes(snapshot)
    counts, sizes = snapshot.nodes("edges_count"), snapshot.nodes("size_bytes")
    first, targets = snapshot.nodes("first_edge"), snapshot.edges("target")
    above = snapshot.nodes("dominator")
    for name in ("list", "tuple"):
        for node in snapshot.of_type_exactly(name):
            count = counts[node]
            if count < _LEAST_ITEMS or (8 + 32) * count < least:
                continue
            items = targets[first[node] : first[node] + count]
            kinds = {snapshot.type_of(item) for item in items[:: max(1, count // _SAMPLE)]}
            if kinds not in ({"int"}, {"float"}):
                continue
            own = [item for item in set(items) if above[item] == node]
            boxes = sum(sizes[item] for item in own)
            saving = sizes[node] + boxes - _ITEM_BYTES * count
            if saving < least:
                continue
            [kind] = kinds
            told = [f"{count} items, {kind}: {sizes[node] + boxes} bytes with their boxes"]
            code = "q" if kind == "int" else "d"
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=saving, evidence=told,
                fix=f"array.array({code!r}, ...), or a NumPy array", confidence=0.8,
                freed=Freed(nodes=[node, *own]),
                recipe=Recipe("array", "array", count, sizes[node] + boxes, {"kind": kind}, "an item"),
            )  # fmt: skip
