"""HW355: weak references whose objects are gone pile up.

`listeners.append(weakref.ref(widget))` does not keep the widget; but the reference itself, of 72 bytes and more, and
its place in the list stay when the widget is gone, and every event goes by all of them. A library's object may gather
them too: pandas 2.1.0 kept one for each view that was ever made of a block.

What to do: a `weakref.WeakSet` (or `WeakValueDictionary`), which drops what is gone; or a callback that takes the
reference out, `weakref.ref(widget, listeners.remove)`. Costs: nothing. Clean: a few dead ones among many that live.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from heapwise.findings.own_classes import is_of_library
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW355"
TITLE = "weak references to what is gone pile up"
_TYPES = ("weakref.ReferenceType", "weakref.WeakMethod", "weakref.KeyedRef")
_LEAST_COUNT, _LEAST_IN_ONE, _MOSTLY = 1000, 100, 0.5
_FIX = "a weakref.WeakSet, or weakref.ref(x, callback) whose callback takes it out"
_FIX_OF_LIBRARY = "a newer version of the library may drop them; until then work on a copy that is made anew at times"


@dataclass(slots=True)
class _References:
    """Weak references of a container: those that lead to nothing, and how many there are."""

    dead: list[int] = field(default_factory=list)
    count: int = 0


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Containers that hold many references, most of them dead; those that objects of one type keep are taken
    together."""
    parents, _ = snapshot.parents
    retained, sizes = snapshot.nodes("retained_bytes"), snapshot.nodes("size_bytes")
    groups: dict[tuple[str, int], list[tuple[int, _References]]] = {}
    for holder, found in _by_holder(snapshot).items():
        if len(found.dead) >= max(_LEAST_IN_ONE, _MOSTLY * found.count):
            owner = parents[holder]
            kind = snapshot.type_of(owner) if owner != NO_NODE else ""
            # What a plain container holds has no more in common.
            groups.setdefault((kind, 0 if "." in kind else holder), []).append((holder, found))
    for (kind, _), held in groups.items():
        dead = [node for _, found in held for node in found.dead]
        count = sum(found.count for _, found in held)
        rooms = sum(sizes[holder] * len(found.dead) // found.count for holder, found in held)
        saving = sum(retained[node] for node in dead) + rooms
        if len(dead) < _LEAST_COUNT or saving < worth_bytes(snapshot):
            continue
        places = f" in {len(held)} {snapshot.type_of(held[0][0])}s" if len(held) > 1 else ""
        of_library = is_of_library(snapshot, kind)
        yield structural(
            snapshot, dead[len(dead) // 2] if of_library else held[0][0], CODE, TITLE, saving_bytes=saving,
            confidence=0.8,
            evidence=[f"of {count} weak references{places} {len(dead)} lead to nothing any more",
                      *([f"{kind} gathers them"] if of_library else [])],
            fix=_FIX_OF_LIBRARY if of_library else _FIX, freed=Freed(roots=dead),
        )  # fmt: skip


def _by_holder(snapshot: Snapshot) -> dict[int, _References]:
    """Container -> the weak references in it."""
    parents, _ = snapshot.parents
    found: dict[int, _References] = {}
    for node in (each for kind in _TYPES for each in snapshot.of_type_exactly(kind)):
        if parents[node] == NO_NODE:
            continue
        held = found.setdefault(parents[node], _References())
        held.count += 1
        if not any(step.kind == "weak" for step in snapshot.steps_from(node)):
            held.dead.append(node)
    return found
