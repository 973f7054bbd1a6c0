"""HW133: a finalizer keeps the object whose end it waits for.

`weakref.finalize(self, self.close)` holds the bound method, that the object: it is never unreachable before the program
ends, and so never finalized. The same with the object among the arguments, or captured by the function.

What to do: give the finalizer what it needs and no more: a function, or a static method, and the handle that it closes.
Costs: the finalizer cannot use the object. Clean: finalizers that do not lead to their objects.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import Place, structural
from heapwise.findings.reaching import reaches
from heapwise.model.finding import Finding, Freed, Nature
from heapwise.model.snapshot import Snapshot

CODE = "HW133"
TITLE = "a finalizer keeps the object whose end it waits for"
FIX = "weakref.finalize(self, function, handle): neither a method of the object, nor the object itself"
_ENTRY = "weakref.finalize._Info"
_LEAST_ENTRIES, _STEPS = 3, 4


def at(place: Place) -> Finding | None:
    """A path by the table of finalizers, with entries that keep themselves."""
    if place.on_path(_ENTRY) is None and not place.count(_ENTRY):
        return None
    caught = len(_caught(place.snapshot))
    if caught < _LEAST_ENTRIES:
        return None
    told = [f"{caught} finalizers lead to their own objects"]
    return place.finding(CODE, TITLE, nature=Nature.FAULT, confidence=0.99, fix=FIX, evidence=told)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """All finalizers."""
    caught = _caught(snapshot)
    if len(caught) >= _LEAST_ENTRIES:
        targets = list(caught.values())
        kinds = {snapshot.type_of(node) for node in targets}
        told = f"{len(caught)} objects of {', '.join(sorted(kinds)[:3])} are kept by finalizers of their own"
        yield structural(
            snapshot, next(iter(caught)), CODE, TITLE, saving_bytes=snapshot.retained_of(targets), fix=FIX,
            confidence=0.99, evidence=[told], freed=Freed(roots=targets, entirely=True),
        )  # fmt: skip


def _caught(snapshot: Snapshot) -> dict[int, int]:
    """Entry -> the object that it waits for, of those that lead to it."""
    found = {}
    for entry in snapshot.of_type_exactly(_ENTRY):
        parts = {str(step.name): step.node for step in snapshot.steps_from(entry)}
        if "weakref" not in parts:
            continue
        target = next(
            (s.node for s in snapshot.steps_from(parts["weakref"]) if s.kind == "weak"), 0
        )
        held = (parts[name] for name in ("func", "args", "kwargs") if name in parts)
        if target and any(reaches(snapshot, each, target, within=_STEPS) for each in held):
            found[entry] = target
    return found
