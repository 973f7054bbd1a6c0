"""HW141: callbacks are registered and never removed.

A list, set or dict of functions and bound methods grows: each bound method keeps its object, with all that
the object holds.

What to do: remove the callback when its owner is closed, or hold it weakly (`weakref.WeakMethod`). Costs: who listens
must be kept by somebody, or say when it is done. Clean: subscribe and unsubscribe in pairs.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding, Nature

CODE = "HW141"
TITLE = "callbacks are registered and never removed"
_CALLABLES = (
    "method",
    "function",
    "functools.partial",
    "builtin_function_or_method",
    "weakref.WeakMethod",
)


def at(place: Place) -> Finding | None:
    """A container whose items can be called, or the table of `weakref.finalize`."""
    if place.suspect.holder.startswith("weakref.finalize._registry"):
        told = [
            "weakref.finalize keeps its callback, and with it the object whose end it waits for"
        ]
        fix = (
            "give finalize a function and arguments that do not lead to the object (not self.close)"
        )
        return place.finding(
            CODE, TITLE, nature=Nature.FAULT, confidence=0.9, fix=fix, evidence=told
        )
    whole = sum(place.elements.values())
    calls = sum(place.elements[name] for name in _CALLABLES)
    if whole < 3 or calls < 0.8 * whole:
        return None
    told = [f"{calls} callbacks in it"]
    fix = "unregister when the owner is closed, or hold the callback weakly (weakref.WeakMethod)"
    return place.finding(CODE, TITLE, confidence=0.85, fix=fix, evidence=told)
