"""HW132: a value of a WeakKeyDictionary reaches its key.

The dictionary holds keys weakly but values strongly: a value that refers to its own key keeps it, and the entry
stays for ever. (No collector of Python knows ephemerons.)

What to do: let the value refer weakly (`weakref.ref(key)`), or store it on the key itself. Costs: the value asks
whether its key is still there. Clean: values that do not lead to their keys.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import Place, structural
from heapwise.findings.reaching import reaches
from heapwise.model.finding import Finding, Nature
from heapwise.model.snapshot import Snapshot

CODE = "HW132"
TITLE = "a value of a WeakKeyDictionary reaches its key"
FIX = "let the value refer to its key weakly, or store it on the key itself"
_MAP = "weakref.WeakKeyDictionary"
_LEAST_ENTRIES = 3


def at(place: Place) -> Finding | None:
    """A path by such a dictionary, with entries that keep themselves."""
    node = place.on_path(_MAP)
    caught = 0 if node is None else len(_caught(place.snapshot, node))
    if caught < _LEAST_ENTRIES:
        return None
    told = [f"{caught} values lead back to their keys"]
    return place.finding(CODE, TITLE, nature=Nature.FAULT, confidence=0.99, fix=FIX, evidence=told)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """All such dictionaries."""
    for node in snapshot.of_type_exactly(_MAP):
        caught = _caught(snapshot, node)
        if len(caught) >= _LEAST_ENTRIES:
            size = snapshot.retained_of(caught)
            told = [f"{len(caught)} values lead back to their keys"]
            yield structural(snapshot, node, CODE, TITLE, saving_bytes=size, fix=FIX, evidence=told)


def _caught(snapshot: Snapshot, mapping: int) -> list[int]:
    """Values from which their key is reached, within few steps."""
    found = []
    for data in _attributes(snapshot, mapping):
        references: dict[int, int] = {}
        values: dict[int, int] = {}
        for step in snapshot.steps_from(data):
            if step.kind == "key object":
                references[int(step.name)] = step.node
            elif step.kind == "item":
                values[int(step.name)] = step.node
        for number, reference in references.items():
            target = next((s.node for s in snapshot.steps_from(reference) if s.kind == "weak"), 0)
            if target and number in values and reaches(snapshot, values[number], target):
                found.append(values[number])
    return found


def _attributes(snapshot: Snapshot, node: int) -> Iterator[int]:
    for step in snapshot.steps_from(node):
        if step.name == "data":
            yield step.node
        elif step.name == "__dict__":
            yield from (s.node for s in snapshot.steps_from(step.node) if s.name == "data")
