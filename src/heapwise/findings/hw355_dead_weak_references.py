"""HW355: weak references whose objects are gone pile up.

`listeners.append(weakref.ref(widget))` does not keep the widget; but the reference itself, of 72 bytes and more, and
its place in the list stay when the widget is gone, and every event goes by all of them.

What to do: a `weakref.WeakSet` (or `WeakValueDictionary`), which drops what is gone; or a callback that takes the
reference out, `weakref.ref(widget, listeners.remove)`. Clean: a few dead ones among many that live.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW355"
TITLE = "weak references to what is gone pile up"
_TYPES = ("weakref.ReferenceType", "weakref.WeakMethod", "weakref.KeyedRef")
_LEAST_COUNT, _MOSTLY = 1000, 0.5


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Containers that hold many references, most of them dead."""
    parents, _ = snapshot.parents
    retained, sizes = snapshot.nodes("retained_bytes"), snapshot.nodes("size_bytes")
    found: dict[int, tuple[list[int], int]] = {}
    for node in (each for kind in _TYPES for each in snapshot.of_type_exactly(kind)):
        if parents[node] == NO_NODE:
            continue
        dead, count = found.setdefault(parents[node], ([], 0))
        if not any(step.kind == "weak" for step in snapshot.steps_from(node)):
            dead.append(node)
        found[parents[node]] = dead, count + 1
    for holder, (dead, count) in found.items():
        if len(dead) < max(_LEAST_COUNT, _MOSTLY * count):
            continue
        saving = sum(retained[node] for node in dead) + sizes[holder] * len(dead) // count
        if saving >= worth_bytes(snapshot):
            yield structural(
                snapshot, holder, CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[f"of {count} weak references {len(dead)} lead to nothing any more"],
                fix="a weakref.WeakSet, or weakref.ref(x, callback) whose callback takes it out",
                freed=Freed(roots=dead),
            )  # fmt: skip
