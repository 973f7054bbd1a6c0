"""HW153: classes are made again and again.

A class made inside a function (by `class`, `type()`, `namedtuple()`, `create_model()`, `dataclass`) is a new one
at each call: some kilobytes each, kept by a registry, by `__subclasses__`, by instances.

What to do: make it once, at module level, or memoise the factory by what the class depends on. Clean: as many
classes as there are kinds.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding

CODE = "HW153"
TITLE = "classes are made again and again"


def at(place: Place) -> Finding | None:
    """Class objects among what is new."""
    classes = set(place.snapshot.type_nodes)
    made = [node for node in place.suspect.members if node in classes]
    if len(made) < 5:
        return None
    held = sum(place.snapshot.nodes("retained_bytes")[node] for node in made)
    if held < 0.3 * place.suspect.grown_bytes:
        return None
    names = {place.snapshot.labels.get(node, "") for node in made}
    told = [f"{len(made)} classes are new, of {len(names)} names ({sorted(names)[0]} ...)"]
    return place.finding(
        CODE,
        TITLE,
        confidence=0.9,
        fix="make the class once, or memoise its factory",
        evidence=told,
    )
