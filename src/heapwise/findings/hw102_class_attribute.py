"""HW102: a container in a class attribute grows.

`class Session: registry = []` is one list for all instances, and lives as long as the class. What methods
append to it is never freed with the instance.

What to do: make it an attribute of the instance (`self.registry = []` in `__init__`), or a `weakref.WeakSet`. Costs:
nothing. Clean: a class attribute that is filled once, or weakly.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding, Nature

CODE = "HW102"
TITLE = "a container in a class attribute grows"


def at(place: Place) -> Finding | None:
    """A path that goes by a class's own names."""
    classes = set(place.snapshot.type_nodes)
    nodes = [step.node for step in place.steps]
    at_class = [i for i, node in enumerate(nodes[:-1]) if node in classes]
    if not at_class:
        return None
    step = place.steps[at_class[-1] + 1]
    if (step.kind, step.name) != ("internal", "__dict__"):
        return None
    fix = "make it an attribute of the instance, or hold the entries weakly (weakref.WeakSet)"
    return place.finding(CODE, TITLE, nature=Nature.GENERAL, confidence=0.8, fix=fix)
