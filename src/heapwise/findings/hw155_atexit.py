"""HW155: callbacks of atexit keep their objects.

`atexit.register(self.close)` keeps `self` until the program ends: the table stands in native code, where no
referrer shows.

What to do: `weakref.finalize(self, function, ...)`, which goes with the object; or `atexit.unregister`. Clean:
one callback a program.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding, Nature

CODE = "HW155"
TITLE = "callbacks held by native code (atexit) keep their objects"


def at(place: Place) -> Finding | None:
    """Bound methods that only native code holds; from 3.14 on in a list of (function, arguments, keywords)."""
    methods = place.count("method", "function", "functools.partial")
    listed = place.passes("static variable") and place.elements["tuple"] >= methods >= 3
    if not (place.passes("native code") or listed):
        return None
    held = place.type in ("method", "function", "functools.partial")
    if methods < 3 and not held:
        return None
    told = [f"{methods} callbacks that no Python object refers to"]
    fix = "weakref.finalize(self, ...) instead of atexit.register(self.close)"
    return place.finding(CODE, TITLE, nature=Nature.FAULT, confidence=0.8, fix=fix, evidence=told)
