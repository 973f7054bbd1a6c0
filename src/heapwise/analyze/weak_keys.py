"""What goes with objects because a mapping has it under weak references to them: no path from them leads there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from heapwise.analyze.freed import below
from heapwise.analyze.paths import attribute
from heapwise.analyze.remembered import remembered
from heapwise.model.snapshot import Snapshot

_MAPPING = "weakref.WeakKeyDictionary"


def values_of_keys(snapshot: Snapshot, nodes: Sequence[int]) -> list[int]:
    """The values, in every `weakref.WeakKeyDictionary`, of keys that go with some nodes; and of those that go with
    these. A value that something else keeps as well is among them."""
    values = _by_key(snapshot)
    found: list[int] = []
    seen: set[int] = set()
    left: Sequence[int] = nodes if values else ()
    while left:
        gone = set(below(snapshot, left)) - seen
        seen |= gone
        left = [value for key in gone & values.keys() for value in values[key]]
        found += left
    return found


@remembered
def _by_key(snapshot: Snapshot) -> Mapping[int, Sequence[int]]:
    """Key -> its values."""
    found: dict[int, list[int]] = {}
    for mapping in snapshot.of_type_exactly(_MAPPING):
        data = attribute(snapshot, mapping, "data")
        steps = snapshot.steps_from(data) if data is not None else []
        references = {step.name: step.node for step in steps if step.kind == "key object"}
        for step in steps:
            reference = references.get(step.name) if step.kind == "item" else None
            for each in snapshot.steps_from(reference) if reference is not None else ():
                if each.kind == "weak":
                    found.setdefault(each.node, []).append(step.node)
    return found
