"""Which packages does a program need? Told from what the namespaces of their modules refer to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from heapwise.model.snapshot import Snapshot

References = Mapping[str, set[str]]
"""A package (the first name of its modules) -> those that it refers to."""


_IMPORTED_LATER = {"pyarrow": ("pandas",)}
"""What packages import themselves when they first convert something, where it is there: pyarrow/pandas-shim.pxi."""


def references(snapshot: Snapshot) -> References:
    """By the modules, classes and functions in the namespaces of a package's modules."""
    refers = {package: set(later) for package, later in _IMPORTED_LATER.items()}
    for namespace, module in snapshot.namespaces.items():
        found = refers.setdefault(_package(module), set())
        found |= {_package(snapshot.labels.get(s.node, "")) for s in snapshot.steps_from(namespace)}
    return refers


def reached(refers: References, roots: Collection[str]) -> set[str]:
    """What some packages refer to, directly or through further ones."""
    seen: set[str] = set()
    waiting = list(roots)
    while waiting:
        new = refers.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen


def _package(name: str) -> str:
    return name.partition(".")[0]
