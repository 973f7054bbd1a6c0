"""HW367: a dict of coordinates that is a grid.

Each cell takes an entry of the table (40 bytes and more), a tuple as its key (56 to 72), and the numbers in that: 150
to 250 bytes, where an array takes one to eight. Tables of dynamic programming, terrains, boards and matrices are often
written so.

What to do: an array, `cells[y * width + x]`, or NumPy's, `cells[y, x]`; of other things than numbers a list of lists.
Costs: the sizes must be known before. Clean: coordinates of which most are missing, the dicts of caches, and dicts that
other code reads by their keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.findings.own_classes import are_made_by_holders
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import EDGE_KINDS, NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW367"
TITLE = "a dict of coordinates that is a grid"
_KEY_OBJECT = EDGE_KINDS.index("key object")
_ITEM_BYTES = {"bool": 1, "int": 8, "float": 8}
_POINTER_BYTES, _BYTE_VALUES = 8, 256
_CACHES = ("functools._lru_cache_wrapper",)
"""What keeps a dict of its own, in which the program has no say."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Dicts whose keys are tuples of ints, of which at least half of those between the least and the largest are
    there."""
    least = worth_bytes(snapshot)
    counts, sizes, first = (snapshot.nodes(n) for n in ("edges_count", "size_bytes", "first_edge"))
    kinds, targets = snapshot.edges("kind"), snapshot.edges("target")
    retained, above = snapshot.nodes("retained_bytes"), snapshot.parents[0]
    for node, cells in snapshot.facts.get("grid_cells", {}).items():
        if retained[node] < least or above[node] == NO_NODE:
            continue
        if snapshot.type_of(above[node]) in _CACHES:
            continue
        edges = range(first[node], first[node] + counts[node])
        keys = [targets[edge] for edge in edges if kinds[edge] == _KEY_OBJECT]
        values = [targets[edge] for edge in edges if kinds[edge] != _KEY_OBJECT]
        item_bytes, boxes = _cell(snapshot, node, values)
        now = sizes[node] + snapshot.retained_of([*keys, *boxes])
        saving = now - cells * item_bytes
        if saving >= least and keys and not are_made_by_holders(snapshot, [node]):
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=saving, confidence=0.7,
                fix="an array: cells[y * width + x], or NumPy's cells[y, x]" if boxes or item_bytes < _POINTER_BYTES
                else "a list of lists, or a list: cells[y * width + x]",
                evidence=[f"{len(keys)} of {cells} cells take {now / len(keys):.0f} bytes each"],
                freed=Freed(nodes=[node], roots=[*keys, *boxes]),
            )  # fmt: skip


def _cell(snapshot: Snapshot, node: int, values: Sequence[int]) -> tuple[int, list[int]]:
    """(bytes that a cell takes in an array or list, the numbers that are then no objects)."""
    types, above = snapshot.nodes("type"), snapshot.nodes("dominator")
    names = {snapshot.type_names[types[each]] for each in values}
    if not names or not names <= _ITEM_BYTES.keys():
        return _POINTER_BYTES, []
    if len(set(values)) <= _BYTE_VALUES and "float" not in names:
        return 1, []
    return max(_ITEM_BYTES[name] for name in names), [
        each for each in values if above[each] == node
    ]
