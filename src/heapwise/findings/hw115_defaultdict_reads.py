"""HW115: reads of a defaultdict insert entries.

`d[key]` on a `defaultdict` makes an entry for every key that is looked up, though nothing is ever stored in it.

What to do: `d.get(key)` or `key in d` for reads. Clean: entries that are filled.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding, Nature

CODE = "HW115"
TITLE = "reads of a defaultdict insert empty entries"
_EMPTY_BYTES = 128


def at(place: Place) -> Finding | None:
    """A defaultdict whose values are of one type and small, as the factory makes them."""
    snapshot = place.snapshot
    if place.type != "collections.defaultdict":
        return None
    values = [
        s.node
        for s in snapshot.steps_from(place.suspect.node)
        if s.kind in ("key", "int key", "item")
    ]
    sample = values[-1000:]
    empty = [
        node for node in sample
        if (not any(s.kind in ("key", "index", "int key", "item", "element") for s in snapshot.steps_from(node))
        and snapshot.type_of(node) in ("dict", "list", "set", "collections.deque"))
        or (snapshot.type_of(node) not in ("dict", "list", "set", "str", "int", "float")
            and snapshot.nodes("retained_bytes")[node] <= 4 * _EMPTY_BYTES)
    ]  # fmt: skip
    if not sample or len(empty) < 0.9 * len(sample):
        return None
    told = [f"{len(values)} entries, nearly all as the factory makes them"]
    return place.finding(
        CODE,
        TITLE,
        nature=Nature.FAULT,
        confidence=0.85,
        fix="d.get(key), or `key in d`, to read",
        evidence=told,
    )
