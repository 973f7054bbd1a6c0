"""HW105: what a context variable holds grows.

A `contextvars.Context` keeps the values of all its variables; one that lives long (of the main task, of a loop)
keeps what was last set in it.

What to do: `token = var.set(...)` and `var.reset(token)` in a `finally`; put small things into context
variables. Clean: values that are reset.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding

CODE = "HW105"
TITLE = "what a context variable holds grows"


def at(place: Place) -> Finding | None:
    """A path by a context."""
    names = ("Context", "_contextvars.Context", "contextvars.Context", "hamt", "hamt_bitmap_node",
             "hamt_array_node")  # fmt: skip
    passes = any(name in names or "hamt" in name for name in place.path_types)
    if not passes and not place.passes("context"):
        return None
    fix = "var.reset(token) in a finally"
    return place.finding(CODE, TITLE, confidence=0.85, fix=fix)
