"""HW101: a container under a module's global grows.

A list, dict, set, deque or object that a module's name leads to gains entries and never loses any: it lives as
long as the program, and so does everything in it.

What to do: bound it (`collections.deque(maxlen=...)`), remove entries when their owner is done, or keep them in the
object whose life they share. Costs: what is dropped is made again, where it is asked for after all. Clean: the same
container with entries removed as fast as they come.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding, Nature

CODE = "HW101"
TITLE = "a container under a module's global grows"
_VALUES = ("str", "bytes", "bytearray", "int", "numpy.ndarray", "array.array", "tuple", "_io.BytesIO",
           "_io.StringIO")  # fmt: skip


def at(place: Place) -> Finding | None:
    """A place that a module leads to."""
    if "module" not in place.path_types:
        return None
    if place.type in _VALUES:
        fix = "keep parts in a list and join them once, write them out, or drop what is done with"
        return place.finding(
            CODE,
            "a value under a module's global grows",
            nature=Nature.GENERAL,
            confidence=0.7,
            fix=fix,
        )
    fix = "bound it (deque(maxlen=...)), or remove entries when their owner is done"
    return place.finding(CODE, TITLE, nature=Nature.GENERAL, confidence=0.7, fix=fix)
