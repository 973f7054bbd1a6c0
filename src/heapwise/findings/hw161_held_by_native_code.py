"""HW161: native code holds more and more objects.

Their reference counts are higher than the references that were found: an extension, a C library's callback
table, or a missing `Py_DECREF` keeps them.

What to do: look for the registering call whose counterpart is missing (unregister, close, release); in an extension of
your own, for a lost reference. Costs: nothing. Clean: as many releases as registrations.
"""

from __future__ import annotations

from heapwise.findings.place import Place
from heapwise.model.finding import Finding, Nature

CODE = "HW161"
TITLE = "native code holds more and more objects"


def at(place: Place) -> Finding | None:
    """What only native code leads to."""
    if not place.passes("native code", "libraries"):
        return None
    fix = "call the counterpart of what registered them; in your own extension, look for a lost reference"
    return place.finding(CODE, TITLE, nature=Nature.GENERAL, confidence=0.7, fix=fix)
