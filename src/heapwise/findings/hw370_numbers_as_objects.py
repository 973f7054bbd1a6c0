"""HW370: numbers in arrays of objects.

`frame.values`, `to_numpy()` and `apply(axis=1)` on columns of different kinds make one array of objects: each float is
a box of 32 bytes and a reference of 8, where 8 bytes hold it. So are columns of dtype `object`, which a `None` among
numbers makes.

What to do: take the columns of numbers alone, `frame[numeric].to_numpy()` or `select_dtypes("number")`; for columns
`astype(float)`, `pandas.to_numeric`, or dtype `Int64`, which knows missing values. Clean: columns of things that are
no numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites, sampled
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW370"
TITLE = "numbers in arrays of objects"
_NUMBERS = frozenset(("int", "float"))
_SAMPLE, _MOSTLY, _ITEM_BYTES, _BOX_BYTES = 2000, 0.5, 8, 32


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Arrays of objects of which most are numbers, by the line that made them."""
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    first, counts, targets = (
        snapshot.nodes("first_edge"),
        snapshot.nodes("edges_count"),
        snapshot.edges("target"),
    )
    types, sizes, above = (snapshot.nodes(name) for name in ("type", "size_bytes", "dominator"))
    numbers = {row for row, name in enumerate(snapshot.type_names) if name in _NUMBERS}
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    found: dict[int, list[tuple[int, int, list[int]]]] = {}
    for node, count in snapshot.facts.get("objects_count", {}).items():
        items = targets[first[node] : first[node] + counts[node]]
        sample = sampled(items, _SAMPLE)
        if (_ITEM_BYTES + _BOX_BYTES) * count < least or not sample:
            continue
        if sum(types[item] in numbers for item in sample) < _MOSTLY * len(sample):
            continue
        boxes = [item for item in set(items) if above[item] == node and types[item] in numbers]
        saving = sizes[node] + sum(sizes[box] for box in boxes) - _ITEM_BYTES * count
        found.setdefault(lines.get(sites[node], -node), []).append((node, saving, boxes))
    for arrays in found.values():
        saving = sum(each for _, each, _ in arrays)
        if saving >= least:
            count = sum(len(boxes) for *_, boxes in arrays)
            yield structural(
                snapshot, max(arrays, key=lambda each: each[1])[0], CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[f"{count} numbers in {len(arrays)} arrays of objects: 40 bytes each, where 8 hold one"],
                fix="the columns of numbers alone: frame[numeric].to_numpy(); or pandas.to_numeric, dtype Int64",
                freed=Freed(nodes=[node for array, _, boxes in arrays for node in (array, *boxes)]),
            )  # fmt: skip
