"""HW103: functions keep what they captured.

A nested function or lambda keeps every variable of the enclosing function that it names (its cells), and its
default arguments, as long as the function itself is kept: as a callback, say.

What to do: capture what is needed and no more (`n = len(big)` before, and `n` inside), or drop the callback
when it has run. Clean: callbacks that capture small things.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding

CODE = "HW103"
TITLE = "functions keep what they captured"
_SLOTS = ("__closure__", "cell_contents", "__defaults__", "__kwdefaults__")


def at(place: Place) -> Finding | None:
    """A path by a cell or a default, or a container of functions whose cells or defaults hold it."""
    functions = place.members("function")
    held = sum(_captured_bytes(place, node) for node in functions)
    if not place.passes(*_SLOTS) and held < 0.5 * place.suspect.grown_bytes:
        return None
    fix = "capture only what is needed, or drop the function when it has run"
    told = [f"{len(functions)} functions kept with what they captured"] if functions else []
    return place.finding(CODE, TITLE, confidence=0.8, fix=fix, evidence=told)


def _captured_bytes(place: Place, function: int) -> int:
    """What the cells and defaults of a function retain."""
    snapshot = place.snapshot
    retained = snapshot.nodes("retained_bytes")
    return sum(
        retained[step.node]
        for step in snapshot.steps_from(function)
        if step.kind == "internal"
        and step.name in _SLOTS
        and step.node in snapshot.children(function)
    )
